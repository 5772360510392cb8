using Assay.Contracts.Verdicts;

namespace Assay.Host.Live;

/// <summary>An immutable picture of the flow at one moment.</summary>
public sealed record FlowSnapshot
{
    /// <summary>Since the board was made.</summary>
    public required TimeSpan Uptime { get; init; }

    public required VerdictCounts Totals { get; init; }

    /// <summary>Verdicts a second over the last ten seconds.</summary>
    public required double Rate { get; init; }

    /// <summary>In order of topic, then source.</summary>
    public required IReadOnlyList<SourceFlow> Sources { get; init; }

    /// <summary>In order of name.</summary>
    public required IReadOnlyList<TopicFlow> Topics { get; init; }

    /// <summary>What was lately held or rejected, the latest first, repeats counted.</summary>
    public required IReadOnlyList<NotableVerdict> Notable { get; init; }

    /// <summary>The most frequent first.</summary>
    public required IReadOnlyList<DeadLetterRule> DeadLetterRules { get; init; }

    /// <summary>What is failing now.</summary>
    public required IReadOnlyList<FlowFault> Faults { get; init; }

    public required IReadOnlyList<PausedTopic> Paused { get; init; }

    /// <summary>Identities that are not in good standing, the worst first, the latest of a standing first.</summary>
    public IReadOnlyList<StandingFlow> Standings { get; init; } = [];

    /// <summary>Further ones that found no room.</summary>
    public long StandingsUnshown { get; init; }

    /// <summary>Datasets whose cohort is contested.</summary>
    public IReadOnlyList<string> Contested { get; init; } = [];

    /// <summary>Records not yet durable and acknowledged, in the partitions that this process owns.</summary>
    public long Lag => Topics.Sum(t => t.Lag);

    /// <summary>The part of <see cref="Lag"/> that has not been read yet.</summary>
    public long Unread => Topics.Sum(t => t.Unread);
}

/// <summary>Records by verdict.</summary>
public readonly record struct VerdictCounts(long Admitted, long Held, long Rejected, long DeadLetters)
{
    public long Records => Admitted + Held + Rejected + DeadLetters;
}

/// <summary>One source of one topic, over all partitions of this process.</summary>
/// <param name="Rate">Records a second over the last ten seconds.</param>
/// <param name="Last">Verdict on the latest record.</param>
/// <param name="MaxScore">Highest suspicion of any record so far.</param>
public sealed record SourceFlow(string Topic, string Source, VerdictCounts Counts, double Rate, VerdictKind Last, double MaxScore);

/// <summary>One topic as this process sees it.</summary>
/// <param name="Partitions">Owned by this process.</param>
/// <param name="Committed">Sum over these of the next offset after everything durable and acknowledged.</param>
/// <param name="Lag">Records between commit (reading position before the first commit) and end.</param>
/// <param name="Unread">Records between reading position and end.</param>
/// <param name="LagAtRelease">The lag of partitions given up, as it stood then.</param>
public sealed record TopicFlow(string Topic, int Partitions, long Committed, long Lag, long Unread, long LagAtRelease);

/// <summary>Verdicts on records of one identity for one reason; reasons that differ in numbers only are one.</summary>
/// <param name="Reason">The latest sentence.</param>
/// <param name="At">Since the board was made: when the latest came.</param>
public sealed record NotableVerdict(
    string Topic, string Source, string Identity, VerdictKind Kind, string Reason, double Score, long Count, TimeSpan At);

public sealed record DeadLetterRule(string Topic, string Rule, long Count, string LatestReason);

/// <param name="Since">Since the board was made.</param>
public sealed record FlowFault(string Area, string Message, TimeSpan Since);

/// <param name="Since">Since the board was made.</param>
public sealed record PausedTopic(string Topic, string Rule, string Message, TimeSpan Since);
