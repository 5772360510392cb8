using Assay.Contracts.Topics;
using Assay.Kafka.Clients;
using Assay.Kafka.Egress;
using Assay.Kafka.Embedded;
using Assay.Kafka.Ingress;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.Options;

namespace Assay.Kafka.Topics;

/// <summary>One topic that Assay reads or writes, as it is and as it should be.</summary>
/// <param name="Partitions">0 where the topic does not exist.</param>
/// <param name="Wanted">At least so many partitions; 1 for inputs.</param>
public sealed record TopicStatus(string Name, bool Input, int Partitions, int Wanted)
{
    public bool Good => Partitions >= Wanted;
}

/// <summary>Looks at topics and creates the output topics. Behind <c>assay topics</c>.</summary>
public sealed class TopicAdmin(KafkaClients clients, IOptions<KafkaIngressOptions> ingress, IOptions<KafkaEgressOptions> egress, TimeProvider time)
{
    private static readonly TimeSpan ShownPoll = TimeSpan.FromMilliseconds(100);
    private readonly KafkaIngressOptions _ingress = ingress.Value;
    private readonly KafkaEgressOptions _egress = egress.Value;

    /// <inheritdoc cref="TopicCatalog.Partitions"/>
    public IReadOnlyDictionary<string, int> Partitions() => TopicCatalog.Partitions(clients);

    /// <summary>Input topics first, then outputs, as they are and as they should be.</summary>
    /// <exception cref="KafkaSetupException">No broker answered.</exception>
    public IReadOnlyList<TopicStatus> Describe()
    {
        var present = Partitions();
        return
        [
            .. _ingress.Topics.Select(name => new TopicStatus(name, true, present.GetValueOrDefault(name), 1)),
            .. Specs(present).Select(spec => new TopicStatus(
                spec.Name, false, present.GetValueOrDefault(spec.Name), spec.Name == Names.Verdicts ? spec.Partitions : 1)),
        ];
    }

    /// <summary>Creates the output topics that are missing; leaves the others as they are.</summary>
    /// <returns>The topics created.</returns>
    /// <exception cref="KafkaSetupException">No broker answered, it refused, or an input topic is missing.</exception>
    public async Task<IReadOnlyList<TopicSpec>> CreateMissing()
    {
        var present = Partitions();
        var absent = _ingress.Topics.Where(name => !present.ContainsKey(name)).ToList();
        if (absent.Count > 0)
        {
            throw new KafkaSetupException(
                KafkaSetupProblem.Topics, $"Input topics that do not exist: {string.Join(", ", absent)}. Outputs are made as wide as the inputs: create these first.");
        }

        return await Create([.. Specs(present).Where(spec => !present.ContainsKey(spec.Name))]);
    }

    /// <summary>Adds partitions to the verdict topic where an input has more: partition p of an input has its verdicts in partition p. No other topic must follow.</summary>
    /// <returns>The topic as it is now; null where it was wide enough or is missing.</returns>
    /// <exception cref="KafkaSetupException">No broker answered, or it refused.</exception>
    public async Task<TopicSpec?> Widen()
    {
        var present = Partitions();
        var spec = Specs(present).Single(s => s.Name == Names.Verdicts);
        var now = present.GetValueOrDefault(spec.Name);
        if (now == 0 || now >= spec.Partitions)
            return null;
        using var admin = clients.Admin();
        try
        {
            await admin.CreatePartitionsAsync([new PartitionsSpecification { Topic = spec.Name, IncreaseTo = spec.Partitions }]);
        }
        catch (KafkaException e)
        {
            throw new KafkaSetupException(KafkaSetupProblem.Topics, $"Kafka did not add partitions to {spec.Name} ({now}, {spec.Partitions} wanted): {e.Message}", e);
        }

        await Shown([spec]);
        return spec;
    }

    /// <summary>Creates the input topics that are missing, with append time and the broker's own retention: for trying, since inputs are somebody else's.</summary>
    /// <param name="partitions">Of each topic created.</param>
    /// <returns>The topics created.</returns>
    /// <exception cref="KafkaSetupException">No broker answered, or it refused.</exception>
    public Task<IReadOnlyList<TopicSpec>> CreateInputs(int partitions)
    {
        var present = Partitions();
        return Create([.. _ingress.Topics.Where(name => !present.ContainsKey(name)).Select(name => new TopicSpec(name, partitions))]);
    }

    private async Task<IReadOnlyList<TopicSpec>> Create(IReadOnlyList<TopicSpec> missing)
    {
        if (missing.Count == 0)
            return missing;
        using var admin = clients.Admin();
        try
        {
            await admin.CreateTopicsAsync(missing.Select(Specification));
        }
        catch (CreateTopicsException e) when (e.Results.All(r => r.Error.Code is ErrorCode.NoError or ErrorCode.TopicAlreadyExists))
        {
            // Somebody else creates them too: they exist, which is all that was asked.
        }
        catch (KafkaException e)
        {
            throw new KafkaSetupException(KafkaSetupProblem.Topics, $"Kafka did not create {string.Join(", ", missing.Select(m => m.Name))}: {e.Message}", e);
        }

        await Shown(missing);
        return missing;
    }

    /// <summary>A broker shows a topic and its partitions a moment after it has made them: what runs next must find them.</summary>
    private async Task Shown(IReadOnlyList<TopicSpec> created)
    {
        var start = time.GetTimestamp();
        while (time.GetElapsedTime(start) < clients.Options.StartTimeout)
        {
            var present = Partitions();
            if (created.All(spec => present.GetValueOrDefault(spec.Name) >= spec.Partitions))
                return;
            await Task.Delay(ShownPoll, time);
        }
    }

    /// <summary>Creates the output topics on the embedded broker, which knows no admin calls.</summary>
    /// <param name="partitions">Of verdicts and of everything else.</param>
    public static void CreateOutputs(EmbeddedKafka kafka, TopicNames names, int partitions)
    {
        foreach (var spec in TopicSpec.Outputs(names, partitions, partitions))
            kafka.CreateTopic(spec.Name, spec.Partitions);
    }

    private TopicNames Names => new(_egress.TopicPrefix);

    private IReadOnlyList<TopicSpec> Specs(IReadOnlyDictionary<string, int> present)
    {
        var widest = Math.Max(1, _ingress.Topics.Select(name => present.GetValueOrDefault(name)).DefaultIfEmpty(1).Max());
        return TopicSpec.Outputs(Names, widest, _egress.Partitions > 0 ? _egress.Partitions : widest);
    }

    private TopicSpecification Specification(TopicSpec spec)
    {
        var configs = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["cleanup.policy"] = spec.Compacted ? "compact" : "delete",
            ["message.timestamp.type"] = spec.AppendTime ? "LogAppendTime" : "CreateTime",
        };
        if (spec.KeepForEver)
            configs["retention.ms"] = "-1";
        if (spec.Large)
            configs["max.message.bytes"] = (_egress.MaxMessageBytes + 65_536).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new TopicSpecification
        {
            Name = spec.Name,
            NumPartitions = spec.Partitions,
            ReplicationFactor = _egress.Replicas,
            Configs = configs,
        };
    }
}
