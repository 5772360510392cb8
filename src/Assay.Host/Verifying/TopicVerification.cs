using Assay.Client;
using Assay.Contracts.Records;
using Assay.Contracts.Signing;
using Assay.Contracts.Topics;
using Assay.Kafka.Reading;

namespace Assay.Host.Verifying;

/// <summary>Verifies what a trust topic holds, as a retrainer's library would.</summary>
internal sealed class TopicVerification(TopicScan scan, TopicNames names, TrustVerifier verifier, VerifyTally tally)
{
    private readonly TrustReader _reader = new(verifier);

    /// <summary>The topics that hold signed messages.</summary>
    public static IReadOnlyList<string> Topics(TopicNames names) => [names.TrustDecisions, names.TrustLog, names.Recalls];

    /// <summary>The topic that is meant by its whole name or by its noun alone, such as <c>recalls</c>; null where none is.</summary>
    public static string? Find(TopicNames names, string target) =>
        Topics(names).FirstOrDefault(topic => topic == target || topic == $"{names.Prefix}.{target}.v1");

    public void Run(string topic, CancellationToken cancellation) => scan.Read(topic, (partition, message) => Add(topic, partition, message), cancellation);

    private void Add(string topic, int partition, in InputRecord message)
    {
        var at = $"{topic}/{partition}/{message.Offset}";
        if (_reader.TryRead(partition, message, out var read, out var refusal))
        {
            if (Belongs(topic, read))
                tally.AddGood();
            else
                tally.AddBad(at, $"a {read.Type} does not belong here");
        }
        else if (refusal.Problem == TrustProblem.Unsigned)
        {
            tally.AddUnsigned(at, refusal.Reason);
        }
        else
        {
            tally.AddBad(at, refusal.Reason);
        }
    }

    // A message copied to another topic is as well signed as before.
    private bool Belongs(string topic, TrustEvent read) =>
        (read.Decision is null || topic != names.Recalls)
        && (read.Heartbeat is null || topic == names.TrustDecisions)
        && (read.Recall is null || topic == names.Recalls);
}
