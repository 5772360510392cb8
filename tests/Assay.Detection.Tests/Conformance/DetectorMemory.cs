using Assay.Contracts.Evidence;

namespace Assay.Detection.Tests.Conformance;

/// <summary>Memory bounded under any input, told truthfully, and none allocated per record once a stream has settled.</summary>
[Collection(nameof(DetectorMemory))]
[CollectionDefinition(nameof(DetectorMemory), DisableParallelization = true)]
public sealed class DetectorMemory
{
    private const long Bound = 8 << 20;

    public static TheoryData<string> Ids => DetectorConformance.Ids;

    [Theory, MemberData(nameof(Ids))]
    public void Memory_WhenEveryNameIsNew_StaysBoundedAndIsTold(string id)
    {
        var record = new Record();
        var finding = new Finding();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var detector = Run.Create(id);
        for (var i = 0; i < 100_000; i++)
        {
            Streams.Hostile(i, record);
            finding.Clear();
            detector.Score(record, finding);
            detector.Observe(record);
            detector.Learn(record);
        }

        record = new Record();
        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.InRange(detector.MemoryBytes, 0, Bound);
        Assert.InRange(grown, 0, Bound);
        // Below 20 kB the runtime's own noise is larger than the detector.
        Assert.True(
            Math.Abs(grown - detector.MemoryBytes) <= Math.Max(20_000, 0.2 * grown),
            $"MemoryBytes says {detector.MemoryBytes}, the heap grew by {grown}");
        GC.KeepAlive(detector);
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
