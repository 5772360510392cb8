using Assay.Contracts.Topics;
using Assay.Kafka.Clients;
using Assay.Kafka.Egress;

namespace Assay.Kafka.Ingress;

/// <summary>Whether the topics that the ingress needs are there. Pure. One with too few partitions stops those of an input that have no place, not the start.</summary>
internal static class TopicCheck
{
    /// <param name="partitions">Partitions of every topic of the cluster.</param>
    /// <exception cref="KafkaSetupException">They are not; the message names all that is wrong at once.</exception>
    public static void ThrowIfUnusable(
        KafkaIngressOptions ingress, KafkaEgressOptions egress, TopicNames names, IReadOnlyDictionary<string, int> partitions)
    {
        var problems = new List<string>();
        var inputs = ingress.Topics.Where(t => !partitions.ContainsKey(t)).ToList();
        if (inputs.Count > 0)
            problems.Add($"Input topics that do not exist: {string.Join(", ", inputs)}.");
        var outputs = Outputs(egress, names).Where(t => !partitions.ContainsKey(t)).ToList();
        if (outputs.Count > 0)
            problems.Add($"Output topics that do not exist: {string.Join(", ", outputs)}. Create them with 'assay topics create'.");
        if (problems.Count > 0)
            throw new KafkaSetupException(KafkaSetupProblem.Topics, string.Join(' ', problems));
    }

    private static IEnumerable<string> Outputs(KafkaEgressOptions egress, TopicNames names)
    {
        yield return names.Verdicts;
        yield return names.DeadLetters;
        if (egress.Admitted)
            yield return names.Admitted;
        if (egress.Held)
            yield return names.Held;
    }
}
