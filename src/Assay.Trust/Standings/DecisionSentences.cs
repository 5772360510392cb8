using System.Globalization;
using Assay.Contracts.Trust;

namespace Assay.Trust.Standings;

/// <summary>The reasons of decisions that nobody wrote by hand.</summary>
internal static class DecisionSentences
{
    public static string ByEvidence(StandingState state, StandingOptions options) => state.Current switch
    {
        Standing.Unproven => Text($"{state.Evidence.MonitoredRecords} of the {options.ProvenRecords} monitored records that make an identity proven"),
        Standing.Watched when !state.Watched => Text($"on probation until record {state.ProbationEnd}, now at {state.Evidence.MonitoredRecords}"),
        Standing.Watched => Text($"{What(state)}; evidence {state.Evidence.Mass:N0} of the {options.CleanRecordsPerFalseQuarantine:N0} that quarantine"),
        _ => Text($"{state.Evidence.MonitoredRecords} monitored records, evidence {state.Evidence.Mass:N0} of the {options.CleanRecordsPerFalseQuarantine:N0} that quarantine"),
    };

    public static string Quarantined(StandingState state, StandingOptions options, string? onset)
    {
        var since = onset is null ? "" : $", since {onset}";
        return Text($"{What(state)}{since}; evidence {state.Evidence.Mass:N0}, which clean records reach at most once in {options.CleanRecordsPerFalseQuarantine:N0}");
    }

    public static string Revised(StandingState state, StandingOptions options, string? onset, string? subject) =>
        $"{Quarantined(state, options, onset)}{(subject is null ? "" : $"; named {subject} at first")}";

    public static string Contested(StandingState state, StandingOptions options) =>
        Text($"more than {options.BreakerShare:P0} of the cohort is under suspicion at once, so nobody is accused; {What(state)}");

    private static string What(StandingState state) =>
        state.Evidence.Heaviest is not { } report || state.Evidence.Counted(report) == 0 ? "no evidence of its own"
        : report.Sentence ?? (report.Detector is null ? "several detectors together" : $"{report.Detector}: {report.Subject ?? "evidence"}");

    private static string Text(FormattableString sentence) => sentence.ToString(CultureInfo.InvariantCulture);
}
