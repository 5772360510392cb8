using System.Buffers;
using System.Text.Json;
using Assay.Contracts.State;
using Assay.Contracts.Verdicts;
using Assay.Detection.Statistics;
using Assay.Detection.Tests.Conformance;

namespace Assay.Detection.Tests;

public sealed class SourceStatisticsTests
{
    [Fact]
    public void Read_WhenRestored_GoesOnAsIfNeverInterrupted()
    {
        var uninterrupted = new SourceStatistics();
        Feed(uninterrupted, 0, 2000);
        var restored = new SourceStatistics();
        var reader = new StateReader(Snapshot(uninterrupted));
        restored.Read(ref reader, restored.StateVersion);
        Feed(uninterrupted, 2000, 4000);
        Feed(restored, 2000, 4000);
        Assert.Equal(Snapshot(uninterrupted), Snapshot(restored));
    }

    [Fact]
    public void Observe_CountsVerdictsFeaturesAndLabels()
    {
        var statistics = new SourceStatistics();
        var record = new Record { Label = "yes", AppendTimeMs = 1000 };
        record.Features.Add("age", 3);
        statistics.Observe(record, VerdictKind.Admit, 0.5);
        record.Features.Clear();
        record.Features.Add("age", 5);
        statistics.Observe(record, VerdictKind.Hold, 4);
        statistics.ObserveUnreadable(2000);
        Assert.Equal(3, statistics.Records);
        Assert.Equal((1, 1, 1), (statistics.CountOf(VerdictKind.Admit), statistics.CountOf(VerdictKind.Hold), statistics.CountOf(VerdictKind.DeadLetter)));
        Assert.Equal((2, 4.0), (statistics.Feature("age").Count, statistics.Feature("age").Mean));
        Assert.Equal(0, statistics.Feature("unknown").Count);
        Assert.Equal(2, statistics.Labels.Estimate("yes"));
        Assert.Equal(3, statistics.Arrivals.Count);
    }

    [Fact]
    public void Observe_WhenEveryNameIsNew_StaysBounded()
    {
        var statistics = new SourceStatistics();
        var record = new Record();
        for (var i = 0; i < 100_000; i++)
        {
            Streams.Hostile(i, record);
            statistics.Observe(record, VerdictKind.Admit, i);
        }

        Assert.InRange(statistics.MemoryBytes, 0, 1 << 20);
        Assert.InRange(Snapshot(statistics).Length, 0, 1 << 20);
        using var described = Describe(statistics);
        Assert.Equal(100_000, described.RootElement.GetProperty("records").GetInt64());
    }

    [Fact]
    public void Observe_WhenTheStreamHasSettled_AllocatesNothing()
    {
        var statistics = new SourceStatistics();
        var records = Enumerable.Range(0, 256).Select(i =>
        {
            var record = new Record();
            Streams.Mixed(new Random(i), i, record);
            return record;
        }).ToArray();
        for (var i = 0; i < 20_000; i++)
            statistics.Observe(records[i % records.Length], VerdictKind.Admit, i % 7);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 20_000; i++)
            statistics.Observe(records[i % records.Length], VerdictKind.Admit, i % 7);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Read_WhenTheStateEndsEarly_Throws()
    {
        var statistics = new SourceStatistics();
        Feed(statistics, 0, 500);
        var state = Snapshot(statistics);
        for (var length = 0; length < state.Length; length += 7)
        {
            Assert.Throws<StateFormatException>(() =>
            {
                var reader = new StateReader(state.AsSpan(0, length));
                new SourceStatistics().Read(ref reader, 1);
            });
        }
    }

    internal static void Feed(SourceStatistics statistics, int from, int to)
    {
        var random = new Random(17);
        var record = new Record();
        for (var i = 0; i < to; i++)
        {
            Streams.Mixed(random, i, record);
            record.EventTime = DateTimeOffset.UnixEpoch.AddSeconds(random.Next());
            if (i >= from)
                statistics.Observe(record, (VerdictKind)(1 + i % 3), i % 11 / 2.0);
        }
    }

    internal static byte[] Snapshot(SourceStatistics statistics)
    {
        var writer = new StateWriter();
        statistics.Write(writer);
        return writer.Written.ToArray();
    }

    private static JsonDocument Describe(SourceStatistics statistics)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
            statistics.Describe(json);
        return JsonDocument.Parse(buffer.WrittenMemory);
    }
}
