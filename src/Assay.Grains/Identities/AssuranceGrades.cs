using Assay.Contracts.Records;
using Assay.Contracts.Trust;

namespace Assay.Grains.Identities;

/// <summary>How far the names of writers can be relied on, by topic; safe for any number of threads.</summary>
/// <param name="grades">Grade of each topic that has one of its own.</param>
/// <param name="usual">Grade of every other topic.</param>
public sealed class AssuranceGrades(IReadOnlyDictionary<string, Assurance> grades, Assurance usual = Assurance.SelfAsserted)
{
    public Assurance Of(string topic) => grades.TryGetValue(topic, out var grade) ? grade : usual;

    /// <summary>Whom evidence from the topic is about: the identity where something stands behind its name, else this identity through this source.</summary>
    public StandingKey KeyOf(string topic, string identity, string source) =>
        new(identity, Of(topic) == Assurance.SelfAsserted ? source : null);
}
