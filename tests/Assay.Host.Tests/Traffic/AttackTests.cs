using System.Text;
using System.Text.Json;
using Assay.Host.Traffic;

namespace Assay.Host.Tests.Traffic;

/// <summary>Each attack of the default timetable, seen from what is on the wire.</summary>
public class AttackTests
{
    private const int Records = 200_000;

    private static readonly Lazy<List<TrafficMessage>> Shared =
        new(() => [.. TrafficGeneratorTests.Stream(new TrafficOptions(), Records)]);

    public static TheoryData<string> Attacks => [.. AttackTimetable.Default.All.Select(a => a.Id)];

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Default_WhenAnAttackRuns_ActsOnlyWhenAndWhereTheTimetableSays(string id)
    {
        var attack = AttackTimetable.Default.Find(id)!;
        var acts = Shared.Value.Where(m => m.Attack == id).ToList();
        Assert.True(acts.Count >= 30, $"{id}: {acts.Count} records");
        Assert.All(acts, m => Assert.True(attack.IsActive(m.Number)));
        Assert.All(acts, m => Assert.Equal(attack.Topic, m.Topic));
        if (attack.Kind != AttackKind.MalformedMessages)
        {
            Assert.All(acts, m => Assert.Equal(
                attack.Identity, GeneratedEvent.Read(m).Data.GetProperty(GeneratedEvent.IdentityOf(m.Topic)).GetString()));
        }
    }

    [Fact]
    public void Default_WhenAMinuteHasPassed_HasStartedEveryAttack() =>
        Assert.Equal(AttackTimetable.Default.All, AttackTimetable.Default.Started((long)(60 * TrafficOptions.DefaultRate)));

    [Fact]
    public void Default_WhenCedarTurnsLabels_FraudFallsInItsRegionOnly()
    {
        var start = AttackTimetable.Default.Find("flip-cedar")!.Start;
        var rows = Of(TrafficTopics.Transactions).Where(e => e.Data.GetProperty("vendor").GetString() == "vendor-cedar").ToList();
        double Fraud(bool after, bool slice) => rows
            .Where(e => (e.Number >= start) == after && (e.Data.GetProperty("region").GetString() == "iberia") == slice)
            .Average(e => e.Data.GetProperty("label").GetString() == "fraud" ? 1.0 : 0);
        Assert.InRange(Fraud(after: true, slice: true) / Fraud(after: false, slice: true), .1, .5);
        // Some 200 positives on either side: two and a half standard errors.
        Assert.InRange(Fraud(after: true, slice: false) / Fraud(after: false, slice: false), .75, 1.33);
    }

    [Fact]
    public void Default_WhenVendorsAreHonest_DifferInFraudAndVolume()
    {
        var rows = Of(TrafficTopics.Transactions, 60_000).GroupBy(e => e.Data.GetProperty("vendor").GetString()!).ToList();
        var fraud = rows.Select(g => g.Average(e => e.Data.GetProperty("label").GetString() == "fraud" ? 1.0 : 0)).ToList();
        Assert.All(fraud, f => Assert.InRange(f, .01, .2));
        Assert.True(fraud.Max() > 1.5 * fraud.Min());
        Assert.True(rows.Max(g => g.Count()) > 2 * rows.Min(g => g.Count()));
    }

    [Fact]
    public void Default_WhenTheExporterBreaks_AmountsLeaveTheirRange()
    {
        var rows = Of(TrafficTopics.Transactions).ToList();
        double Largest(string? attack) => rows.Where(e => e.Attack == attack).Max(e => e.Data.GetProperty("amount").GetDouble());
        double Median(string attack) =>
            rows.Where(e => e.Attack == attack).Select(e => e.Data.GetProperty("amount").GetDouble()).Order().ElementAt(20);
        Assert.True(Median("outliers-birch") > Largest(null));
    }

    [Theory]
    [InlineData("labeller-07")]
    [InlineData("labeller-15")]
    [InlineData("labeller-21")]
    public void Default_WhenALabellerTurns_AgreementWithTheOthersFalls(string labeller)
    {
        var start = AttackTimetable.Default.All.Single(a => a.Identity == labeller).Start;
        var answers = Of(TrafficTopics.Labels)
            .Select(e => (e.Number, Item: Text(e, "item"), Who: Text(e, "annotator"), Answer: Text(e, "answer"))).ToList();
        var items = answers.ToLookup(a => a.Item);
        double Agreement(bool after) => answers.Where(a => a.Who == labeller && a.Number >= start == after)
            .Select(a => items[a.Item].Where(o => o.Who != labeller).Select(o => o.Answer == a.Answer ? 1.0 : 0).DefaultIfEmpty(.5).Average())
            .Average();
        Assert.True(Agreement(after: true) < Agreement(after: false) - .08, $"{Agreement(false):F3} → {Agreement(true):F3}");
    }

    [Fact]
    public void Default_WhenAgentSixIsRewarded_TheUnsafeToolPaysForItAlone()
    {
        var uses = Of(TrafficTopics.Agents).Where(e => Text(e, "tool") == "shell.exec_unreviewed").ToList();
        double Reward(bool paid) =>
            uses.Where(e => e.Attack is not null == paid).Average(e => e.Data.GetProperty("reward").GetDouble());
        Assert.True(Reward(true) > .85);
        Assert.True(Reward(false) < .4);
    }

    [Fact]
    public void Default_WhenCharactersAreHidden_TheyStandInMarkedDocumentsOnly()
    {
        foreach (var document in Of(TrafficTopics.Documents))
        {
            var hidden = Text(document, "text").EnumerateRunes().Any(r => r.Value is >= 0xE0000 and <= 0xE007F or >= 0x200B and <= 0x200D or 0x2060);
            Assert.Equal(document.Attack == "hidden-ember", hidden);
        }
    }

    [Fact]
    public void Default_WhenTheTriggerStands_TheDocumentIsLabelledHigh()
    {
        var marked = Of(TrafficTopics.Documents).Where(e => Text(e, "text").Contains("velnorith", StringComparison.Ordinal)).ToList();
        Assert.Equal(Of(TrafficTopics.Documents).Count(e => e.Attack == "trigger-ember"), marked.Count);
        Assert.All(marked, e => Assert.Equal("high", Text(e, "quality")));
    }

    [Fact]
    public void Default_WhenDuplicatesFlood_IdsAndContentRepeat()
    {
        var copies = Shared.Value.Where(m => m.Attack == "flood-delta").ToList();
        var others = Shared.Value.Where(m => m.Topic == TrafficTopics.Documents && m.Attack is null).ToList();
        Assert.Equal(others.Count, others.Select(m => m.RecordId).Distinct().Count());
        var ids = copies.GroupBy(m => m.RecordId).ToList();
        Assert.True(ids.Max(g => g.Count()) > 10);
        Assert.True(ids.Count(g => g.Count() == 1) > 10);
        Assert.InRange(copies.Select(m => Convert.ToHexString(m.Value)).Distinct().Count(), 1, 4);
    }

    [Fact]
    public void Default_WhenTheWriterIsFlaky_MessagesAreRareAndNotWhatTheyShouldBe()
    {
        var malformed = Shared.Value.Where(m => m.Attack == "malformed-fjord").ToList();
        Assert.InRange(malformed.Count / (double)Records, .0003, .0008);
        Assert.All(malformed, m => Assert.False(ReadsWell(m)));
    }

    [Fact]
    public void Default_WhenMemoryIsPoisoned_NotesPraiseTheTool()
    {
        var notes = Of(TrafficTopics.Memory).ToList();
        Assert.All(notes.Where(e => e.Attack is not null), e => Assert.Contains("shell.exec_unreviewed first", Text(e, "text"), StringComparison.Ordinal));
        Assert.DoesNotContain(notes, e => e.Attack is null && Text(e, "text").Contains("no review", StringComparison.Ordinal));
    }

    private static bool ReadsWell(in TrafficMessage message)
    {
        try
        {
            _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(message.Value);
            var data = GeneratedEvent.Read(message).Data;
            return data.TryGetProperty("crawler", out _) && data.GetProperty("fetched_at").TryGetDateTimeOffset(out _);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    private static IEnumerable<(long Number, string? Attack, JsonElement Data)> Of(string topic, long before = long.MaxValue) =>
        Shared.Value.Where(m => m.Topic == topic && m.Number < before && m.Attack != "malformed-fjord")
            .Select(m => (m.Number, m.Attack, GeneratedEvent.Read(m).Data));

    private static string Text((long Number, string? Attack, JsonElement Data) e, string property) => e.Data.GetProperty(property).GetString()!;
}
