using Assay.Kafka.Clients;
using Assay.Kafka.Egress;
using Confluent.Kafka;

namespace Assay.Kafka.Ingress;

/// <summary>Whether exactly-once delivery can work as configured, before anything is read.</summary>
internal static class TransactionCheck
{
    /// <exception cref="KafkaSetupException">Settings do not go together.</exception>
    public static void ThrowIfUnusable(KafkaOptions kafka, KafkaIngressOptions ingress)
    {
        if (!ingress.DurableState)
        {
            throw new KafkaSetupException(KafkaSetupProblem.State,
                "Kafka:Delivery is ExactlyOnce, but state is in memory. Set Redis:Endpoints, or leave Kafka:Delivery out.");
        }

        if (kafka.TransactionTimeout < 2 * ingress.CommitInterval)
        {
            throw new KafkaSetupException(KafkaSetupProblem.State,
                $"Kafka:TransactionTimeout is {kafka.TransactionTimeout} and Kafka:Ingress:CommitInterval {ingress.CommitInterval}: a transaction would be ended before it is committed. Set it to at least twice as much.");
        }
    }

    /// <summary>Asks the broker for a transactional id as the flow does.</summary>
    /// <exception cref="KafkaSetupException">It is not allowed, or nobody answers.</exception>
    public static void ThrowIfRefused(KafkaClients clients, KafkaEgressOptions egress, string group, string id)
    {
        using var producer = clients.TransactionalProducer(egress, "egress-check", id, alone: false);
        try
        {
            producer.InitTransactions(clients.Options.StartTimeout);
        }
        catch (KafkaException e) when (e.Error.Code == ErrorCode.TransactionalIdAuthorizationFailed)
        {
            throw new KafkaSetupException(KafkaSetupProblem.Unreachable,
                $"Kafka at {clients.Options.BootstrapServers} does not allow transactions: allow the user Write and Describe on transactional ids that begin with '{group}-' (docs/permissions.md), or leave Kafka:Delivery out.", e);
        }
        catch (KafkaException e)
        {
            throw new KafkaSetupException(KafkaSetupProblem.Unreachable,
                clients.Health.Failing ?? $"Kafka at {clients.Options.BootstrapServers} begins no transaction within {clients.Options.StartTimeout}: {e.Error.Reason}", e);
        }
    }
}
