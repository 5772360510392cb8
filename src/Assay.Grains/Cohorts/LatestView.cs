using System.Text.Json;
using Assay.Contracts.Cohorts;
using Assay.Contracts.State;

namespace Assay.Grains.Cohorts;

/// <summary>The view that was made last: the fact that its number stands for.</summary>
internal sealed class LatestView : IStateSection
{
    /// <summary>Null before the first.</summary>
    public CohortView? View { get; set; }

    public int StateVersion => 1;

    public void Write(StateWriter writer)
    {
        writer.Bool(View is not null);
        if (View is not null)
            writer.Bytes(CohortViewCodec.Write(View));
    }

    public void Read(ref StateReader reader, int version)
    {
        if (version != 1)
            throw new StateFormatException($"view of version {version}; this program reads version 1");
        View = reader.Bool() ? CohortViewCodec.Read(reader.Bytes()) : null;
    }

    public void Describe(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("version", View?.Version ?? 0);
        json.WriteBoolean("contested", View?.Contested ?? false);
        json.WriteEndObject();
    }
}
