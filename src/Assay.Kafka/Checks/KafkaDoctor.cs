using Assay.Contracts.Topics;
using Assay.Kafka.Clients;
using Assay.Kafka.Egress;
using Assay.Kafka.Ingress;
using Assay.Kafka.Topics;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.Options;

namespace Assay.Kafka.Checks;

/// <summary>Looks at everything of Kafka that Assay depends on. Changes nothing. Behind <c>assay doctor</c>.</summary>
public sealed class KafkaDoctor(KafkaClients clients, IOptions<KafkaIngressOptions> ingress, IOptions<KafkaEgressOptions> egress)
{
    private const string Area = "kafka";
    private readonly KafkaIngressOptions _ingress = ingress.Value;
    private readonly KafkaEgressOptions _egress = egress.Value;

    /// <exception cref="KafkaSetupException">No broker answers, or it refuses the credentials or the certificate: nothing else can be looked at.</exception>
    public async Task<IReadOnlyList<Check>> Examine()
    {
        var present = TopicCatalog.Partitions(clients);
        using var admin = clients.Admin();
        try
        {
            var brokers = (await admin.DescribeClusterAsync(new DescribeClusterOptions { RequestTimeout = clients.Options.StartTimeout })).Nodes.Count;
            return
            [
                Check.Ok(Area, "reachable", $"{clients.Options}, {brokers} brokers"),
                .. await Topics(admin, present, brokers),
                await Group(admin),
                .. clients.Options.Delivery == DeliveryGuarantee.ExactlyOnce ? [await Task.Run(Transactions)] : Array.Empty<Check>(),
            ];
        }
        catch (KafkaException e)
        {
            throw new KafkaSetupException(KafkaSetupProblem.Unreachable,
                clients.Health.Failing ?? $"Kafka at {clients.Options.BootstrapServers} does not answer: {e.Error.Reason}", e);
        }
    }

    private async Task<IEnumerable<Check>> Topics(IAdminClient admin, IReadOnlyDictionary<string, int> present, int brokers)
    {
        var names = new TopicNames(_egress.TopicPrefix);
        var widest = Math.Max(1, _ingress.Topics.Select(t => present.GetValueOrDefault(t)).DefaultIfEmpty(1).Max());
        var specs = TopicSpec.Outputs(names, widest, 1);
        var facts = await TopicFactsReader.Read(admin, [.. _ingress.Topics, .. specs.Select(s => s.Name)], clients.Options.StartTimeout);
        var read = new HashSet<string>([names.Verdicts, names.TrustDecisions, names.CohortViews], StringComparer.Ordinal);
        var largest = specs.Where(s => s.Name == names.Admitted || s.Name == names.Held).Min(s => facts[s.Name].Number("max.message.bytes"));
        return
        [
            .. _ingress.Topics.SelectMany(t => TopicChecks.Input(facts[t], largest)),
            .. specs.SelectMany(s => TopicChecks.Output(s, facts[s.Name], read.Contains(s.Name), brokers)),
        ];
    }

    /// <summary>By an id of its own: it ends no transaction of the flow.</summary>
    private Check Transactions()
    {
        var id = $"{_ingress.Group}-doctor";
        try
        {
            TransactionCheck.ThrowIfRefused(clients, _egress, _ingress.Group, id);
            return Check.Ok(Area, "transactions", $"begun as {id}");
        }
        catch (KafkaSetupException e)
        {
            return Check.Fail(Area, "transactions", e.Message, "docs/permissions.md has the commands.");
        }
    }

    private async Task<Check> Group(IAdminClient admin)
    {
        var area = $"group {_ingress.Group}";
        try
        {
            var options = new DescribeConsumerGroupsOptions { IncludeAuthorizedOperations = true, RequestTimeout = clients.Options.StartTimeout };
            var group = (await admin.DescribeConsumerGroupsAsync([_ingress.Group], options)).ConsumerGroupDescriptions[0];
            return TopicChecks.Allowed(area, group.AuthorizedOperations?.ToHashSet(), AclOperation.Read, AclOperation.Describe);
        }
        catch (DescribeConsumerGroupsException e) when (e.Results.ConsumerGroupDescriptions[0].Error.Code == ErrorCode.GroupIdNotFound)
        {
            return Check.Ok(area, "permissions", "a group that has not begun");
        }
        catch (DescribeConsumerGroupsException e)
        {
            return Check.Fail(area, "permissions", e.Results.ConsumerGroupDescriptions[0].Error.Reason,
                "Allow the user Read and Describe on the group (docs/permissions.md has the commands).");
        }
    }
}
