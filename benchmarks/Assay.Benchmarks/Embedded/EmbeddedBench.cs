using System.Text;
using Assay.Benchmarks.Pipeline;
using Assay.Client;
using Assay.Contracts.Records;
using Assay.Contracts.Topics;
using Assay.Host.Hosting;
using Assay.Host.Replay;
using Assay.Host.Settings;
using Assay.Kafka.Clients;
using Assay.Kafka.Egress;
using Assay.Kafka.Embedded;
using Assay.Kafka.Reading;
using Assay.Kafka.Topics;
using Assay.Kafka.Writing;
using Assay.Mapping;
using Assay.Mapping.Profiles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Assay.Benchmarks.Embedded;

/// <summary>
/// Records through the broker of this process, which keeps 5 MiB a partition, and back from its verdict and dead-letter topics: what was sent and what
/// was answered, by position.
/// </summary>
internal sealed class EmbeddedBench(int records, int sources)
{
    private const string Topic = "embedded-in";
    private const int Partitions = 4;

    // Every so many records one that nobody can read.
    private const int Malformed = 1_000;

    private readonly Positions _answers = new(Partitions);
    private readonly long[] _sent = new long[Partitions];
    private long _verdicts;
    private long _deadLetters;

    public async Task<EmbeddedResult> Run(CancellationToken cancel)
    {
        var settings = AssaySettings.Load(null, []);
        var names = new TopicNames(settings.Egress.TopicPrefix);
        using var kafka = new EmbeddedKafka();
        kafka.CreateTopic(Topic, Partitions);
        TopicAdmin.CreateOutputs(kafka, names, Partitions);
        var registry = new ProfileRegistry();
        registry.Add(Topic, Profile.Parse(Encoding.UTF8.GetBytes(SyntheticRows.Profile)));
        var counter = new VerdictCounter(records);
        using var host = SiloHost.Build(settings, settings.Kafka(kafka.BootstrapServers), settings.Ingress([Topic]), registry, counter, LogRouting.ToStandardError, live: true);
        await host.StartAsync(cancel);
        var clients = host.Services.GetRequiredService<KafkaClients>();
        using var producer = new PacedProducer(clients, host.Services.GetRequiredService<IOptions<KafkaEgressOptions>>().Value, Topic, Partitions);
        using var tail = new TopicTail(
            clients, [new(names.Verdicts, Partitions), new(names.DeadLetters, Partitions)], fromEnd: false, (topic, message) => Answered(names, producer, topic, message));
        await Produce(producer, cancel);
        while (_answers.Distinct < records && !tail.Finished.IsCompleted)
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancel);
        await host.StopAsync(cancel);
        return new EmbeddedResult(
            _sent.Sum(), _verdicts, _deadLetters, _answers.Repeated, Enumerable.Range(0, Partitions).Count(p => _answers.Next(p) != _sent[p]), counter.Memory);
    }

    private async Task Produce(PacedProducer producer, CancellationToken cancel)
    {
        var rows = new SyntheticRows(sources, seed: 1);
        for (var i = 0; i < records; i++)
        {
            var (key, value) = rows.Next();
            var partition = RowDealer.Partition(key, Partitions);
            await producer.Produce(partition, key, i % Malformed == Malformed - 1 ? value[..^20] : value, null, 0, cancel);
            _sent[partition]++;
        }

        producer.Flush(cancel);
    }

    private void Answered(TopicNames names, PacedProducer producer, string topic, InputRecord message)
    {
        var verdict = topic == names.Verdicts;
        var (partition, offset) = verdict
            ? TrustTopics.ReadVerdict(message.Value) is var v ? (v.Partition, v.Offset) : default
            : TrustTopics.ReadDeadLetter(message.Headers ?? []).Origin is var o ? (o.Partition, o.Offset) : default;
        if (verdict)
            _verdicts++;
        else
            _deadLetters++;
        _answers.Add(partition, offset);
        producer.Completed(partition, _answers.Next(partition));
    }
}

/// <param name="Repeated">Answers for a position that had one.</param>
/// <param name="Holes">Partitions in which a position has no answer.</param>
internal sealed record EmbeddedResult(long Sent, long Verdicts, long DeadLetters, long Repeated, int Holes, IReadOnlyList<MemorySample> Memory)
{
    /// <summary>Every position sent has exactly one answer, and nothing else has.</summary>
    public bool Exact => Holes == 0 && Repeated == 0 && Sent == Verdicts + DeadLetters;
}
