using System.Diagnostics;

namespace Assay.Benchmarks.Pipeline;

/// <summary>What one pass cost.</summary>
internal sealed record Measure(double RecordsPerSecond, double CpuMicroseconds, double AllocatedBytes, double HeapMegabytes);

/// <summary>Takes wall time, CPU of the process and allocated bytes between its making and <see cref="End"/>.</summary>
internal sealed class Meter
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly TimeSpan _cpu = Process.GetCurrentProcess().TotalProcessorTime;
    private readonly long _allocated = GC.GetTotalAllocatedBytes(precise: true);

    public Measure End(long records)
    {
        var seconds = Stopwatch.GetElapsedTime(_start).TotalSeconds;
        var cpu = Process.GetCurrentProcess().TotalProcessorTime - _cpu;
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - _allocated;
        return new Measure(records / seconds, cpu.TotalMicroseconds / records, (double)allocated / records, GC.GetTotalMemory(forceFullCollection: true) / 1e6);
    }
}
