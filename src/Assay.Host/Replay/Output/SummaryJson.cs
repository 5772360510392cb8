using System.Text.Json;
using Assay.Contracts.Trust;
using Assay.Contracts.Wire;
using Assay.Grains.Sources;

namespace Assay.Host.Replay.Output;

/// <summary>The end of a replay as JSON: one line an identity, and the summary.</summary>
internal static class SummaryJson
{
    public static void Identity(Utf8JsonWriter json, IdentityLine line)
    {
        var counts = line.Counts;
        json.WriteStartObject();
        json.WriteString("identity", line.Identity);
        json.WriteString("standing", line.Standing.Name());
        json.WritePropertyName("suspicion");
        json.WriteRounded(line.Suspicion);
        json.WriteNumber("records", counts.Records);
        json.WriteNumber("admitted", counts.Admitted);
        json.WriteNumber("held", counts.Held);
        json.WriteNumber("rejected", counts.Rejected);
        json.WriteNumber("recalled", line.Recalled);
        json.WriteNumber("dead_letters", counts.DeadLetters);
        json.WriteEndObject();
    }

    public static void Summary(Utf8JsonWriter json, (ReplayTotals Totals, ReplayRun Run, bool Attacked) end)
    {
        var (totals, run, attacked) = end;
        var all = totals.Identities.All;
        json.WriteStartObject();
        json.WriteNumber("records", all.Records);
        json.WriteNumber("admitted", all.Admitted);
        json.WriteNumber("held", all.Held);
        json.WriteNumber("rejected", all.Rejected);
        json.WriteNumber("dead_letters", all.DeadLetters);
        json.WriteNumber("recalled", totals.Outcomes.Recalled);
        Names(json, "quarantined", totals.Outcomes.Quarantined);
        Names(json, "contested", totals.Outcomes.Contested);
        Names(json, "contested_datasets", totals.Outcomes.ContestedDatasets);
        json.WritePropertyName("clean_records_per_false_quarantine");
        json.WriteRounded(run.CleanRecordsPerFalseQuarantine);
        if (totals.Identities.Others is { } others)
            json.WriteNumber("records_of_identities_counted_together", others.Records);
        Caps(json, run.Caps);
        if (attacked)
            Attack(json, totals);
        json.WritePropertyName("seconds");
        json.WriteRounded(run.Elapsed.TotalSeconds);
        json.WritePropertyName("records_per_second");
        json.WriteRounded(run.Elapsed > TimeSpan.Zero ? all.Records / run.Elapsed.TotalSeconds : 0);
        json.WriteNumber("seed", run.Seed);
        json.WritePropertyName("settings");
        run.Settings.WriteTo(json);
        json.WriteString("version", run.Version);
        json.WriteEndObject();
    }

    /// <summary>What depends on a quarantine is null where no attacker was quarantined.</summary>
    private static void Attack(Utf8JsonWriter json, ReplayTotals totals)
    {
        json.WriteStartObject("attack");
        json.WriteNumber("injected", totals.Injected);
        json.WriteNumber("admitted", totals.InjectedAdmitted);
        json.WriteNumber("left", totals.InjectedAdmitted - totals.Outcomes.PoisonedRecalled);
        json.WriteNumber("clean_held", totals.CleanHeld);
        Number(json, "detected_after", totals.Outcomes.Attack?.DetectedAfter);
        Number(json, "onset_error", totals.Outcomes.Attack?.OnsetError);
        json.WriteEndObject();
    }

    private static void Caps(Utf8JsonWriter json, ShardCaps caps)
    {
        json.WriteStartObject("memory_caps");
        json.WriteNumber("identities_forgotten", caps.IdentitiesForgotten);
        json.WriteNumber("ledgers_forgotten", caps.LedgersForgotten);
        json.WriteNumber("ledgers_compacted", caps.LedgersCompacted);
        json.WriteNumber("records_not_monitored", caps.RecordsNotMonitored);
        json.WriteEndObject();
    }

    private static void Names(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter json, string name, long? number)
    {
        json.WritePropertyName(name);
        if (number is { } known)
            json.WriteNumberValue(known);
        else
            json.WriteNullValue();
    }
}

/// <summary>What a replay says of an identity at its end.</summary>
internal readonly record struct IdentityLine(string Identity, IdentityCounts Counts, Standing Standing, double Suspicion, long Recalled);
