using System.CommandLine;
using Assay.Kafka.Clients;

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
        var redis = new Option<string?>("--redis") { HelpName = "HOST:PORT", Description = "State in this Redis, and each round both at least once and exactly once." };
        var rounds = new Option<int>("--rounds") { HelpName = "N", Description = "Assay passes, each between two bare ones.", DefaultValueFactory = _ => 1 };
        var command = new Command("pipeline", "µs CPU a record and records/s on a real broker, beside consume + parse + produce a copy.") { kafka, redis, records, sources, rounds };
        command.SetAction(async (parsed, cancel) =>
        {
            var bench = new PipelineBench(parsed.GetValue(kafka)!, parsed.GetValue(records), parsed.GetValue(sources));
            await bench.Fill(cancel);
            var bare = new List<Measure> { bench.Bare() };
            var assay = new List<(string Name, Measure Measure)>();
            var memories = new List<IReadOnlyList<MemorySample>>();
            DeliveryGuarantee[] deliveries = parsed.GetValue(redis) is null ? [DeliveryGuarantee.AtLeastOnce] : [DeliveryGuarantee.AtLeastOnce, DeliveryGuarantee.ExactlyOnce];
            for (var i = 0; i < parsed.GetValue(rounds); i++)
            {
                foreach (var delivery in deliveries)
                {
                    var (measure, memory) = await bench.Assay(i, parsed.GetValue(redis), delivery, cancel);
                    assay.Add((delivery == DeliveryGuarantee.ExactlyOnce ? "Assay, exactly once: verdict + copy" : "Assay: verdict + copy", measure));
                    memories.Add(memory);
                    bare.Add(bench.Bare());
                }
            }

            Print(bare, assay);
            memories.ForEach(MemorySample.Print);
            return 0;
        });
        return command;
    }

    private static void Print(List<Measure> bare, List<(string Name, Measure Measure)> assay)
    {
        Console.WriteLine();
        Console.WriteLine("| pass | records/s | µs CPU a record | bytes allocated a record | heap at the end, MB | × bare (CPU) |");
        Console.WriteLine("|---|---|---|---|---|---|");
        var reference = bare.Average(m => m.CpuMicroseconds);
        foreach (var (name, measure) in bare.Select(m => ("bare: consume + parse + copy", m)).Concat(assay))
            Console.WriteLine($"| {name} | {measure.RecordsPerSecond:0} | {measure.CpuMicroseconds:0.00} | {measure.AllocatedBytes:0} | {measure.HeapMegabytes:0} | {measure.CpuMicroseconds / reference:0.00} |");
    }
}
