using System.Text.Json;
using Assay.Contracts.State;
using Assay.Contracts.Verdicts;

namespace Assay.Grains.Sources;

/// <summary>Counts of one identity in one shard.</summary>
public sealed class IdentityRecord(string identity, long firstOffset)
{
    // A one-letter name, two offsets and three counts.
    internal const int MinimumBytes = 7;

    public string Identity { get; } = identity;

    public long FirstOffset { get; } = firstOffset;

    public long LastOffset { get; private set; } = firstOffset;

    public long Admitted { get; private set; }

    public long Held { get; private set; }

    public long Rejected { get; private set; }

    internal void Count(VerdictKind verdict, long offset)
    {
        LastOffset = offset;
        switch (verdict)
        {
            case VerdictKind.Admit:
                Admitted++;
                break;
            case VerdictKind.Hold:
                Held++;
                break;
            case VerdictKind.Reject:
                Rejected++;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "A record that has an identity is admitted, held or rejected.");
        }
    }

    internal void Write(StateWriter writer)
    {
        writer.String(Identity);
        writer.Int64(FirstOffset);
        writer.Int64(LastOffset);
        writer.Int64(Admitted);
        writer.Int64(Held);
        writer.Int64(Rejected);
    }

    internal static IdentityRecord Read(ref StateReader reader) => new(reader.String(), reader.Int64())
    {
        LastOffset = reader.Int64(),
        Admitted = reader.Int64(),
        Held = reader.Int64(),
        Rejected = reader.Int64(),
    };

    internal void Describe(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("identity", Identity);
        json.WriteNumber("admitted", Admitted);
        json.WriteNumber("held", Held);
        json.WriteNumber("rejected", Rejected);
        json.WriteNumber("first_offset", FirstOffset);
        json.WriteNumber("last_offset", LastOffset);
        json.WriteEndObject();
    }
}
