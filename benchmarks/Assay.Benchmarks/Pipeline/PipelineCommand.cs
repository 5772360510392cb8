using System.CommandLine;

namespace Assay.Benchmarks.Pipeline;

/// <summary>
/// <c>pipeline</c>: the whole path on a real broker beside the least that anybody could do with the same topic by the same client: consume, parse,
/// produce a copy. CPU is this process's own, so the broker does not count.
/// </summary>
internal static class PipelineCommand
{
    public static Command Create()
    {
        var kafka = new Option<string>("--kafka") { HelpName = "HOST:PORT", Description = "A real broker, empty enough to hold the topics.", Required = true };
        var records = new Option<int>("--records") { HelpName = "N", Description = "Records of the input topic.", DefaultValueFactory = _ => 1_000_000 };
        var sources = new Option<int>("--sources") { HelpName = "N", Description = "Sources that write them.", DefaultValueFactory = _ => 1_000 };
        var rounds = new Option<int>("--rounds") { HelpName = "N", Description = "Assay passes, each between two bare ones.", DefaultValueFactory = _ => 1 };
        var command = new Command("pipeline", "µs CPU a record and records/s on a real broker, beside consume + parse + produce a copy.") { kafka, records, sources, rounds };
        command.SetAction(async (parsed, cancel) =>
        {
            var bench = new PipelineBench(parsed.GetValue(kafka)!, parsed.GetValue(records), parsed.GetValue(sources));
            await bench.Fill(cancel);
            var bare = new List<Measure> { bench.Bare() };
            var assay = new List<(Measure Measure, IReadOnlyList<MemorySample> Memory)>();
            for (var i = 0; i < parsed.GetValue(rounds); i++)
            {
                assay.Add(await bench.Assay(i, cancel));
                bare.Add(bench.Bare());
            }

            Print(bare, assay.ConvertAll(a => a.Measure));
            foreach (var (_, memory) in assay)
                MemorySample.Print(memory);
            return 0;
        });
        return command;
    }

    private static void Print(List<Measure> bare, List<Measure> assay)
    {
        Console.WriteLine();
        Console.WriteLine("| pass | records/s | µs CPU a record | bytes allocated a record | heap at the end, MB | × bare (CPU) |");
        Console.WriteLine("|---|---|---|---|---|---|");
        var reference = bare.Average(m => m.CpuMicroseconds);
        foreach (var (name, measure) in bare.Select(m => ("bare: consume + parse + copy", m)).Concat(assay.Select(m => ("Assay: verdict + copy", m))))
            Console.WriteLine($"| {name} | {measure.RecordsPerSecond:0} | {measure.CpuMicroseconds:0.00} | {measure.AllocatedBytes:0} | {measure.HeapMegabytes:0} | {measure.CpuMicroseconds / reference:0.00} |");
    }
}
