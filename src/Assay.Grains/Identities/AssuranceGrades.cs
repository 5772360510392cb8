using Assay.Contracts.Ports;
using Assay.Contracts.Records;
using Assay.Contracts.Trust;

namespace Assay.Grains.Identities;

/// <summary>Whom evidence is about, by how far the names of a topic's writers can be relied on. Safe for any number of threads.</summary>
public sealed class AssuranceGrades(Func<string, Assurance> gradeOf)
{
    public AssuranceGrades(IRecordReaderFactory topics)
        : this(topics.AssuranceOf)
    {
    }

    /// <summary>The identity where something stands behind its name, else this identity through this source.</summary>
    public StandingKey KeyOf(string topic, string identity, string source) =>
        new(identity, gradeOf(topic) == Assurance.SelfAsserted ? source : null);
}
