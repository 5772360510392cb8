namespace Assay.Benchmarks;

/// <param name="Records">Judged by then.</param>
/// <param name="HeapMegabytes">Managed heap after the last collection.</param>
/// <param name="WorkingSetMegabytes">Resident memory of the process, native buffers included.</param>
/// <param name="FullCollections">Since the process began.</param>
internal readonly record struct MemorySample(long Records, double HeapMegabytes, double WorkingSetMegabytes, int FullCollections)
{
    public static MemorySample Take(long records) =>
        new(records, GC.GetGCMemoryInfo(GCKind.Any).HeapSizeBytes / 1e6, Environment.WorkingSet / 1e6, GC.CollectionCount(GC.MaxGeneration));

    public static void Print(IReadOnlyList<MemorySample> samples)
    {
        Console.WriteLine();
        Console.WriteLine("| records judged | heap, MB | working set, MB | full collections |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var sample in samples)
            Console.WriteLine($"| {sample.Records} | {sample.HeapMegabytes:0} | {sample.WorkingSetMegabytes:0} | {sample.FullCollections} |");
    }
}
