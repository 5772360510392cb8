using System.Text.Json;
using Assay.Contracts.State;

namespace Assay.Grains.Identities;

/// <summary>The datasets whose cohort counts the identity among its suspects.</summary>
internal sealed class NotedCohorts : IStateSection
{
    private readonly SortedSet<string> _datasets = new(StringComparer.Ordinal);

    public int StateVersion => 1;

    /// <summary>The cohorts to tell: those that know the identity as a suspect, and those of the datasets given where it is one now.</summary>
    public string[] ToTell(bool suspect, IEnumerable<string> datasets) =>
        [.. _datasets.Concat(suspect ? datasets : []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    public void Told(string dataset, bool suspect)
    {
        if (suspect)
            _datasets.Add(dataset);
        else
            _datasets.Remove(dataset);
    }

    public void Write(StateWriter writer)
    {
        writer.Varint((ulong)_datasets.Count);
        foreach (var dataset in _datasets)
            writer.String(dataset);
    }

    public void Read(ref StateReader reader, int version)
    {
        if (version != 1)
            throw new StateFormatException($"cohorts of version {version}; this program reads version 1");
        _datasets.Clear();
        for (var n = reader.Length(1); n > 0; n--)
            _datasets.Add(reader.String());
    }

    public void Describe(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var dataset in _datasets)
            json.WriteStringValue(dataset);
        json.WriteEndArray();
    }
}
