using Assay.Contracts.State;

namespace Assay.Grains.State;

/// <summary>
/// Sections of a state as (id, version, payload). One that this program does not know is refused rather than dropped: it would be lost at the
/// next write.
/// </summary>
internal static class StateSections
{
    /// <param name="payload">To write each section in, whatever it held before.</param>
    public static void Write(StateWriter frame, StateWriter payload, IReadOnlyList<KeyValuePair<string, IStateSection>> sections)
    {
        frame.Varint((ulong)sections.Count);
        foreach (var (name, section) in sections)
        {
            payload.Clear();
            section.Write(payload);
            frame.String(name);
            frame.Varint((ulong)section.StateVersion);
            frame.Bytes(payload.Written);
        }
    }

    /// <summary>Fills <paramref name="sections"/>; one that the bytes do not hold stays as it is (it was added since).</summary>
    /// <param name="count">Sections that follow.</param>
    /// <param name="key">Whose state it is, for messages.</param>
    /// <exception cref="StateFormatException">A section is unknown, or cannot be read.</exception>
    public static void Read(ref StateReader reader, int count, string key, IReadOnlyList<KeyValuePair<string, IStateSection>> sections)
    {
        for (var n = count; n > 0; n--)
        {
            var name = reader.String();
            var section = sections.FirstOrDefault(s => s.Key == name).Value
                ?? throw new StateFormatException($"the state of '{key}' has a section '{name}' that is not configured here; enable it, or rebuild the state");
            var version = checked((int)reader.Varint());
            Read(reader.Bytes(), name, version, section);
        }
    }

    /// <exception cref="StateFormatException">The payload is no state of that version.</exception>
    public static void Read(ReadOnlySpan<byte> payload, string name, int version, IStateSection section)
    {
        var reader = new StateReader(payload);
        try
        {
            section.Read(ref reader, version);
        }
        catch (StateFormatException e)
        {
            throw new StateFormatException($"section '{name}': {e.Message}", e);
        }

        if (reader.Remaining != 0)
            throw new StateFormatException($"section '{name}': {reader.Remaining} bytes too many");
    }
}
