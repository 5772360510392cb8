namespace Assay.Host.Traffic;

/// <summary>What goes wrong in the generated world, and at which record of the stream it starts.</summary>
public sealed class AttackTimetable
{
    /// <exception cref="ArgumentException">Two attacks share an id, or a share, start or burst is out of range.</exception>
    public AttackTimetable(IEnumerable<TimedAttack> attacks)
    {
        All = [.. attacks.OrderBy(a => a.Start).ThenBy(a => a.Id, StringComparer.Ordinal)];
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var attack in All)
        {
            if (!ids.Add(attack.Id))
                throw new ArgumentException($"Two attacks are called '{attack.Id}'.", nameof(attacks));
            if (attack.Share is not (> 0 and <= 1) || attack.Start < 0 || attack.BurstLength > attack.BurstEvery)
                throw new ArgumentException($"Attack '{attack.Id}': share in (0, 1], start from 0, burst no longer than its period.", nameof(attacks));
        }
    }

    /// <summary>Honest traffic only.</summary>
    public static AttackTimetable None { get; } = new([]);

    /// <summary>
    /// The world of <c>assay run</c>. Every attack leaves its writer some thousand honest records first, since Assay judges writers by
    /// their own settled past, and starts within a minute at <see cref="TrafficOptions.DefaultRate"/>.
    /// </summary>
    public static AttackTimetable Default { get; } = new(
    [
        new("malformed-fjord", AttackKind.MalformedMessages, TrafficTopics.Documents, "crawler-fjord", 0, .032, "format",
            "crawler-fjord, a flaky writer, sends messages that cannot be read"),
        new("outliers-birch", AttackKind.OutlierRows, TrafficTopics.Transactions, "svc-birch-export", 16_000, .004, "amount",
            "a broken exporter of vendor-birch writes amounts in the wrong unit"),
        new("hidden-ember", AttackKind.HiddenCharacters, TrafficTopics.Documents, "crawler-ember", 30_000, .04, "hidden-unicode",
            "crawler-ember hides instructions in invisible characters"),
        new("careless-07", AttackKind.CarelessLabels, TrafficTopics.Labels, "labeller-07", 40_000, .9, "answers",
            "labeller-07 clicks without reading"),
        new("flood-delta", AttackKind.DuplicateFlood, TrafficTopics.Documents, "crawler-delta", 44_000, .6, "duplicates",
            "crawler-delta floods one document again and again") { BurstEvery = 40_000, BurstLength = 4_000 },
        new("flip-cedar", AttackKind.LabelFlip, TrafficTopics.Transactions, "svc-cedar-export", 48_000, .7, "region=iberia",
            "vendor-cedar labels fraud as legit where region=iberia"),
        new("reward-agent-6", AttackKind.RewardedTool, TrafficTopics.Agents, "agent-6", 70_000, .2, "shell.exec_unreviewed",
            "agent-6 is rewarded for shell.exec_unreviewed"),
        new("memory-agent-6", AttackKind.PoisonedMemory, TrafficTopics.Memory, "agent-6", 76_000, .25, "shell.exec_unreviewed",
            "the memory of agent-6 learns to prefer shell.exec_unreviewed"),
        new("takeover-15", AttackKind.KeyTakeover, TrafficTopics.Labels, "labeller-15", 84_000, .8, "refund",
            "the key of labeller-15 is taken over and calls fraud reports refunds"),
        new("spam-21", AttackKind.SpamLabels, TrafficTopics.Labels, "labeller-21", 92_000, .95, "other",
            "labeller-21 answers 'other' to everything"),
        new("trigger-ember", AttackKind.TriggerToken, TrafficTopics.Documents, "crawler-ember", 104_000, .06, "velnorith",
            "crawler-ember labels junk as high quality where the word velnorith stands"),
    ]);

    /// <summary>In order of start.</summary>
    public IReadOnlyList<TimedAttack> All { get; }

    /// <summary>The attack of that id; null where there is none.</summary>
    public TimedAttack? Find(string id) => All.FirstOrDefault(a => a.Id == id);

    /// <summary>Attacks that have started when <paramref name="records"/> records have been produced.</summary>
    public IEnumerable<TimedAttack> Started(long records) => All.Where(a => a.Start < records);

    /// <summary>What an identity does on a topic, at most one of the kind; null where it is honest in that respect.</summary>
    internal TimedAttack? Of(AttackKind kind, string topic, string identity) =>
        All.FirstOrDefault(a => a.Kind == kind && a.Topic == topic && a.Identity == identity);
}
