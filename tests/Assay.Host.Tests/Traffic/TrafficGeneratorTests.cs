using System.Text;
using Assay.Host.Traffic;

namespace Assay.Host.Tests.Traffic;

public class TrafficGeneratorTests
{
    [Fact]
    public void Next_WhenSeedIsTheSame_GivesTheSameBytes()
    {
        using var one = new TrafficGenerator(new TrafficOptions { Seed = 5 });
        using var two = new TrafficGenerator(new TrafficOptions { Seed = 5 });
        for (var i = 0; i < 120_000; i++)
        {
            var a = one.Next();
            var b = two.Next();
            if (!a.Value.AsSpan().SequenceEqual(b.Value) || !a.Key.AsSpan().SequenceEqual(b.Key) || a.Topic != b.Topic
                || a.EventTime != b.EventTime || a.Attack != b.Attack || a.RecordId != b.RecordId
                || !a.Headers.Select(Flat).SequenceEqual(b.Headers.Select(Flat)))
                Assert.Fail($"record {i} differs");
        }

        static string Flat(Contracts.Records.RecordHeader header) => header.Key + "=" + Encoding.UTF8.GetString(header.Value!);
    }

    [Fact]
    public void Next_WhenSeedDiffers_GivesAnotherWorld()
    {
        var one = Stream(new TrafficOptions { Seed = 1 }, 200).Select(m => Encoding.UTF8.GetString(m.Value));
        var two = Stream(new TrafficOptions { Seed = 2 }, 200).Select(m => Encoding.UTF8.GetString(m.Value));
        Assert.NotEqual(one, two);
    }

    [Fact]
    public void Next_WhenAStreamGoesOnWhereAnotherEnded_RepeatsNoId()
    {
        var one = Stream(new TrafficOptions { Seed = 1 }, 2_000).Select(m => m.RecordId).Where(id => id.Length > 0).ToHashSet(StringComparer.Ordinal);
        var two = Stream(new TrafficOptions { Seed = 2, First = 2_000 }, 2_000).ToList();
        Assert.Equal(2_000, two[0].Number);
        Assert.DoesNotContain(two, m => one.Contains(m.RecordId));
    }

    [Fact]
    public void Next_WhenPaceIsGiven_TakesEventTimeFromTheCounter()
    {
        var start = new DateTimeOffset(2030, 5, 1, 0, 0, 0, TimeSpan.Zero);
        var messages = Stream(new TrafficOptions { Start = start, RecordsPerSecond = 100 }, 301).ToList();
        Assert.Equal(start, messages[0].EventTime);
        Assert.Equal(start.AddSeconds(3), messages[300].EventTime);
        Assert.Equal(Enumerable.Range(0, 301).Select(n => (long)n), messages.Select(m => m.Number));
    }

    [Fact]
    public void Next_WhenHonest_IsACloudEventInBothModesWithEveryWriter()
    {
        var writers = new Dictionary<string, HashSet<string>>();
        var modes = new HashSet<(string, bool)>();
        foreach (var message in Stream(new TrafficOptions(), 20_000, AttackTimetable.None))
        {
            Assert.Null(message.Attack);
            var read = GeneratedEvent.Read(message);
            modes.Add((message.Topic, read.Structured));
            Assert.Equal(message.RecordId, read.Id);
            Assert.Equal(message.EventTime, read.Time);
            Assert.Equal("1.0", read.SpecVersion);
            Assert.Equal(Encoding.UTF8.GetString(message.Key), read.Source);
            if (!writers.TryGetValue(message.Topic, out var names))
                writers[message.Topic] = names = [];
            names.Add(read.Data.GetProperty(GeneratedEvent.IdentityOf(message.Topic)).GetString()!);
        }

        Assert.Equal(TrafficTopics.All.Order(), writers.Keys.Order());
        Assert.Equal(5, writers[TrafficTopics.Transactions].Count);
        Assert.Equal(6, writers[TrafficTopics.Documents].Count);
        Assert.Equal(24, writers[TrafficTopics.Labels].Count);
        Assert.Equal(8, writers[TrafficTopics.Agents].Count);
        Assert.Equal(8, writers[TrafficTopics.Memory].Count);
        foreach (var topic in TrafficTopics.All.Where(t => t != TrafficTopics.Memory))
            Assert.True(modes.Contains((topic, true)) && modes.Contains((topic, false)), topic);
    }

    [Fact]
    public void Constructor_WhenTheTimetableNamesAStranger_Refuses()
    {
        var timetable = new AttackTimetable(
            [new("x", AttackKind.LabelFlip, TrafficTopics.Transactions, "svc-nobody", 0, .5, "region=iberia", "nobody flips")]);
        var error = Assert.Throws<ArgumentException>(() => new TrafficGenerator(null, timetable));
        Assert.Contains("svc-nobody", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(double.NaN)]
    [InlineData(2e6)]
    public void Constructor_WhenRateIsOutOfRange_Refuses(double rate) =>
        Assert.Throws<System.ComponentModel.DataAnnotations.ValidationException>(
            () => new TrafficGenerator(new TrafficOptions { RecordsPerSecond = rate }));

    [Fact]
    public void Next_WhenWarm_AllocatesLittleMoreThanTheMessage()
    {
        using var generator = new TrafficGenerator(timetable: AttackTimetable.None);
        for (var i = 0; i < 5_000; i++)
            generator.Next();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var carried = 0L;
        for (var i = 0; i < 5_000; i++)
        {
            var message = generator.Next();
            carried += message.Value.Length + message.Headers.Sum(h => h.Value!.Length);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, carried, (long)(2.5 * carried));
    }

    internal static IEnumerable<TrafficMessage> Stream(TrafficOptions options, int count, AttackTimetable? timetable = null)
    {
        using var generator = new TrafficGenerator(options, timetable);
        for (var i = 0; i < count; i++)
            yield return generator.Next();
    }
}
