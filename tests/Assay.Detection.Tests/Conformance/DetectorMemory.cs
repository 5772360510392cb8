using Assay.Contracts.Evidence;

namespace Assay.Detection.Tests.Conformance;

/// <summary>Memory bounded under any input, told truthfully, and none allocated per record once a stream has settled.</summary>
[Collection(nameof(DetectorMemory))]
[CollectionDefinition(nameof(DetectorMemory), DisableParallelization = true)]
public sealed class DetectorMemory
{
    private const long Bound = 8 << 20;

    // The runtime's own: below it a detector's size cannot be told from what the heap does anyway.
    private const long Noise = 20_000;

    public static TheoryData<string> Ids => DetectorConformance.Ids;

    [Theory, MemberData(nameof(Ids))]
    public void Memory_WhenEveryNameIsNew_StaysBoundedAndIsToldWithinTwice(string id)
    {
        var (told, grown) = Measure(id, 100_000, Streams.Hostile);
        Assert.InRange(told, 0, Bound);
        Assert.True(grown <= 2 * told + Noise, $"MemoryBytes says {told}, the heap grew by {grown}");
    }

    [Theory, MemberData(nameof(Ids))]
    public void Memory_WhenTheStreamIsOrdinary_IsToldWithinAFifth(string id)
    {
        var random = new Random(7);
        var (told, grown) = Measure(id, 20_000, (i, record) => Streams.Mixed(random, i, record));
        Assert.True(Math.Abs(grown - told) <= Math.Max(Noise, 0.2 * grown), $"MemoryBytes says {told}, the heap grew by {grown}");
    }

    [Theory, MemberData(nameof(Ids))]
    public void Step_WhenTheStreamHasSettled_AllocatesNothing(string id)
    {
        var detector = Run.Create(id);
        var finding = new Finding();
        var records = Enumerable.Range(0, 512).Select(Settled).ToArray();
        for (var i = 0; i < 40_000; i++)
            Run.Step(detector, Ahead(records[i % records.Length], i), finding);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 40_000; i < 60_000; i++)
            Run.Step(detector, Ahead(records[i % records.Length], i), finding);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static (long Told, long Grown) Measure(string id, int records, Action<int, Record> fill)
    {
        // Once unmeasured, so that what the runtime loads and compiles is there before.
        Feed(Run.Create(id), new Record(), 100, Streams.Hostile);
        var record = new Record();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var detector = Run.Create(id);
        Feed(detector, record, records, fill);
        record.Clear();
        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(record);
        var told = detector.MemoryBytes;
        GC.KeepAlive(detector);
        return (told, grown);
    }

    private static void Feed(IDetector detector, Record record, int records, Action<int, Record> fill)
    {
        var finding = new Finding();
        for (var i = 0; i < records; i++)
        {
            fill(i, record);
            finding.Clear();
            detector.Score(record, finding);
            detector.Observe(record);
            detector.Learn(record);
        }
    }

    private static Record Settled(int index)
    {
        var record = new Record();
        Streams.Mixed(new Random(index), index, record);
        record.HasOwnId = false;
        return record;
    }

    private static Record Ahead(Record record, int index)
    {
        record.AppendTimeMs = 1_700_000_000_000 + 10L * index;
        return record;
    }
}
