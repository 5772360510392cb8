using System.Text.Json;
using Assay.Contracts.Evidence;
using Assay.Contracts.State;
using Assay.Contracts.Trust;
using Assay.Contracts.Verdicts;
using Assay.Trust.Standings;

namespace Assay.Grains.Sources;

/// <summary>What one shard knows of one identity beside the evidence.</summary>
public sealed class IdentityRecord(string identity, long firstOffset)
{
    // A one-letter name, two offsets, three counts, and more from version 2 on.
    internal const int MinimumBytes = 7;

    public string Identity { get; } = identity;

    public long FirstOffset { get; } = firstOffset;

    public long LastOffset { get; private set; } = firstOffset;

    public long Admitted { get; private set; }

    public long Held { get; private set; }

    public long Rejected { get; private set; }

    /// <summary>Records that were compared with a sufficient reference.</summary>
    public long Monitored { get; internal set; }

    /// <summary>Epoch of the decision about the identity that the shard has applied; 0 for none.</summary>
    public long SeenEpoch { get; internal set; }

    /// <summary>What is reported since the shard's own evidence passed A or a certain sign was seen, until a decision is applied; null before.</summary>
    public ShardReport? Accusation { get; internal set; }

    /// <inheritdoc cref="ShardReport.Before"/>
    public ShardReport? Before { get; internal set; }

    /// <summary>The decision that governs the identity's records; null where there is none.</summary>
    internal Decision? Governing { get; set; }

    /// <summary>Version of the standing table at which <see cref="Governing"/> was looked up.</summary>
    internal long TableVersion { get; set; } = -1;

    /// <summary>M after the last record with evidence; not a number before the shard has asked its ledger.</summary>
    internal double Mass { get; set; } = double.NaN;

    /// <summary>Own id of the last record.</summary>
    internal string LastId { get; set; } = "";

    public void Count(VerdictKind verdict, long offset)
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
        writer.Int64(Monitored);
        writer.Int64(SeenEpoch);
        writer.String(LastId);
        Write(writer, Accusation);
        Write(writer, Before);
    }

    internal static IdentityRecord Read(ref StateReader reader, int version)
    {
        var record = new IdentityRecord(reader.String(), reader.Int64())
        {
            LastOffset = reader.Int64(),
            Admitted = reader.Int64(),
            Held = reader.Int64(),
            Rejected = reader.Int64(),
        };
        if (version == 1)
            return record;
        record.Monitored = reader.Int64();
        record.SeenEpoch = reader.Int64();
        record.LastId = reader.String();
        record.Accusation = ReadReport(ref reader);
        record.Before = version == 2 ? null : ReadReport(ref reader);
        return record;
    }

    internal void Describe(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("identity", Identity);
        json.WriteNumber("admitted", Admitted);
        json.WriteNumber("held", Held);
        json.WriteNumber("rejected", Rejected);
        json.WriteNumber("monitored", Monitored);
        json.WriteNumber("seen_epoch", SeenEpoch);
        json.WriteBoolean("accused", Accusation is not null);
        json.WriteNumber("first_offset", FirstOffset);
        json.WriteNumber("last_offset", LastOffset);
        json.WriteEndObject();
    }

    private static void Write(StateWriter writer, ShardReport? report)
    {
        writer.Bool(report is not null);
        if (report is not null)
            ShardReportState.Write(writer, report);
    }

    private static ShardReport? ReadReport(ref StateReader reader) => reader.Bool() ? ShardReportState.Read(ref reader) : null;
}
