using System.Text.Json;
using Assay.Contracts.Wire;

namespace Assay.Host.Replay.Output;

/// <summary>The end of a replay as JSON: one line an identity, and the summary.</summary>
internal static class SummaryJson
{
    /// <summary>An identity without a decision is unproven.</summary>
    public static void Identity(Utf8JsonWriter json, (string Identity, IdentityCounts Counts, double MeanOfAll) line)
    {
        var counts = line.Counts;
        json.WriteStartObject();
        json.WriteString("identity", line.Identity);
        json.WriteString("standing", "unproven");
        json.WritePropertyName("suspicion");
        json.WriteRounded(counts.Rank(line.MeanOfAll));
        json.WriteNumber("records", counts.Records);
        json.WriteNumber("admitted", counts.Admitted);
        json.WriteNumber("held", counts.Held);
        json.WriteNumber("rejected", counts.Rejected);
        json.WriteNumber("recalled", 0);
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
        json.WriteNumber("recalled", 0);
        json.WriteStartArray("quarantined");
        json.WriteEndArray();
        json.WritePropertyName("clean_records_per_false_quarantine");
        if (run.CleanRecordsPerFalseQuarantine is { } rate)
            json.WriteRounded(rate);
        else
            json.WriteNullValue();
        if (totals.Identities.Others is { } others)
            json.WriteNumber("records_of_identities_counted_together", others.Records);
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

    /// <summary>What depends on a decision is null: nobody has decided about an identity.</summary>
    private static void Attack(Utf8JsonWriter json, ReplayTotals totals)
    {
        json.WriteStartObject("attack");
        json.WriteNumber("injected", totals.Injected);
        json.WriteNumber("admitted", totals.InjectedAdmitted);
        json.WriteNumber("left", totals.InjectedAdmitted);
        json.WriteNumber("clean_held", totals.CleanHeld);
        json.WriteNull("detected_after");
        json.WriteNull("onset_error");
        json.WriteEndObject();
    }
}
