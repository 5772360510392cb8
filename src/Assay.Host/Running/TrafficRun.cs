using Assay.Host.Commands;
using Assay.Host.Hosting;
using Assay.Host.Replay;
using Assay.Host.Settings;
using Assay.Host.Traffic;
using Assay.Kafka.Clients;
using Assay.Kafka.Topics;
using Assay.Kafka.Writing;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Host.Running;

/// <summary>Writes the generated world to a real Kafka, for a cluster to be tried on.</summary>
/// <param name="partitions">Of the input topics that are missing.</param>
internal sealed class TrafficRun(AssaySettings settings, TrafficRequest request, int partitions)
{
    private static readonly TimeSpan FlushTime = TimeSpan.FromSeconds(10);

    public async Task<int> Run(CancellationToken stop)
    {
        await using var services = KafkaServices.Build(settings, TrafficTopics.All);
        var admin = services.GetRequiredService<TopicAdmin>();
        foreach (var topic in await admin.CreateInputs(partitions))
            Console.WriteLine($"created {topic.Name} with {topic.Partitions} partitions");
        var widths = admin.Partitions();
        var clients = services.GetRequiredService<KafkaClients>();
        var writers = TrafficTopics.All.ToDictionary(t => t, t => new TopicWriter(clients, settings.Egress, t, widths[t]));
        try
        {
            return await Write(writers, stop);
        }
        finally
        {
            foreach (var writer in writers.Values)
                writer.Dispose();
        }
    }

    private async Task<int> Write(Dictionary<string, TopicWriter> writers, CancellationToken stop)
    {
        // A second start goes on where the topics end: other ids, other draws.
        var first = writers.Values.Sum(w => w.Starts.Sum());
        var options = new TrafficOptions { Seed = unchecked((request.Seed * 31) + (int)(first ^ (first >> 32))), RecordsPerSecond = request.Rate, First = first };
        using var generator = new TrafficGenerator(options);
        Console.WriteLine($"{request.Rate:N0} records a second to {string.Join(", ", writers.Keys)}, from record {first:N0} on. Ctrl-C ends.");
        try
        {
            await TrafficPace.Run(generator, request, message =>
            {
                var writer = writers[message.Topic];
                writer.Write(RowDealer.Partition(message.Key, writer.Starts.Count), message.Key, message.Value, message.Headers, 0, stop);
                return ValueTask.CompletedTask;
            }, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }

        return Flush(writers.Values) ? Done(generator.Produced - first) : ExitCodes.Unreachable;
    }

    private static bool Flush(IEnumerable<TopicWriter> writers)
    {
        using var limit = new CancellationTokenSource(FlushTime, TimeProvider.System);
        try
        {
            foreach (var writer in writers)
                writer.Flush(limit.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine($"Kafka has not acknowledged everything within {FlushTime.TotalSeconds:0} s; the rest is given up.");
            return false;
        }
    }

    private static int Done(long records)
    {
        Console.WriteLine($"{records:N0} records written.");
        return ExitCodes.Done;
    }
}
