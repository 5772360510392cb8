using Assay.Contracts.Verdicts;
using Assay.Host.Live;
using Assay.Host.Traffic;
using Microsoft.Extensions.Time.Testing;
using static Assay.Host.Tests.Live.Flows;

namespace Assay.Host.Tests.Live;

public class AttackTallyTests
{
    [Fact]
    public void Snapshot_WhenEveryMessageIsJudged_AccountsForEachAttack()
    {
        using var generator = new TrafficGenerator();
        var tally = new AttackTally(generator.Timetable, new FakeTimeProvider());
        var sent = new Dictionary<string, int>();
        for (var i = 0; i < 130_000; i++)
        {
            var message = generator.Next();
            tally.Sent(message);
            if (message.Attack is { } attack)
                sent[attack] = sent.GetValueOrDefault(attack) + 1;
            if (message.RecordId.Length > 0)
                tally.Judged(message.Topic, 0, "s", [Of(message.Attack is null ? VerdictKind.Admit : VerdictKind.Hold, "x", i, id: message.RecordId)]);
        }

        var progress = tally.Snapshot();
        Assert.Equal(generator.Timetable.All, progress.Select(p => p.Attack));
        Assert.All(progress, p => Assert.Equal(sent[p.Attack.Id], p.Sent));
        Assert.All(progress.Where(p => p.Attack.Kind != AttackKind.MalformedMessages),
            p => Assert.Equal(new VerdictCounts(0, p.Sent, 0, 0), p.Seen));
    }

    [Fact]
    public void Snapshot_WhenAVerdictIsReportedTwice_CountsItOnce()
    {
        var attack = AttackTimetable.Default.All[0];
        var tally = new AttackTally(AttackTimetable.Default, new FakeTimeProvider());
        tally.Sent(new TrafficMessage(0, attack.Topic, [], [], [], default, "r1", attack.Id));
        var verdict = Of(VerdictKind.Reject, "x", id: "r1");
        tally.Judged(attack.Topic, 0, "s", [verdict]);
        tally.Judged(attack.Topic, 0, "s", [verdict]);
        Assert.Equal(new VerdictCounts(0, 0, 1, 0), tally.Snapshot()[0].Seen);
    }
}
