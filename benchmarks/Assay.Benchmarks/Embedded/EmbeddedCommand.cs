using System.CommandLine;
using System.Diagnostics;

namespace Assay.Benchmarks.Embedded;

/// <summary><c>embedded</c>: proves on many records that the path through the embedded broker loses and doubles nothing. Exit code 1 where it does.</summary>
internal static class EmbeddedCommand
{
    public static Command Create()
    {
        var records = new Option<int>("--records") { HelpName = "N", Description = "Records to send; one in 1,000 cannot be read.", DefaultValueFactory = _ => 2_000_000 };
        var sources = new Option<int>("--sources") { HelpName = "N", Description = "Sources that write them.", DefaultValueFactory = _ => 1_000 };
        var command = new Command("embedded", "Records = verdicts + dead letters, by position, through a broker that keeps 5 MiB a partition.") { records, sources };
        command.SetAction(async (parsed, cancel) =>
        {
            var start = Stopwatch.GetTimestamp();
            var result = await new EmbeddedBench(parsed.GetValue(records), parsed.GetValue(sources)).Run(cancel);
            MemorySample.Print(result.Memory);
            Console.WriteLine();
            Console.WriteLine(
                $"{result.Sent} sent = {result.Verdicts} verdicts + {result.DeadLetters} dead letters; {result.Repeated} repeated, "
                + $"{result.Holes} partitions with holes; {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s: {(result.Exact ? "exact" : "NOT EXACT")}");
            return result.Exact ? 0 : 1;
        });
        return command;
    }
}
