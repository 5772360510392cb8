using Assay.Contracts.Sources;

namespace Assay.Kafka.Ingress;

/// <summary>
/// The owner's half of the chain check (DATA-PLANE rule 6): besides the grain's own answer, every record must have come back with a verdict, but for
/// those that the durable state held at first contact. So a call that was carried out after it had been given up cannot swallow verdicts.
/// </summary>
internal static class ChainCheck
{
    public static bool Follows(Shard shard, SourceBatch batch, BatchResult result)
    {
        if (result.Status != BatchStatus.Applied)
            return false;
        var missing = batch.Records.Length - result.Verdicts.Length;
        if (missing < 0 || result.LastOffset < batch.Records[^1].Offset)
            return false;
        if (missing > 0 && !HeldBefore(shard, batch, result, batch.Records[missing - 1].Offset))
            return false;
        for (var i = 0; i < result.Verdicts.Length; i++)
        {
            if (result.Verdicts[i].Offset != batch.Records[missing + i].Offset)
                return false;
        }

        return true;
    }

    private static bool HeldBefore(Shard shard, SourceBatch batch, BatchResult result, long lastMissing)
    {
        if (batch.PreviousOffset == SourceBatch.FirstContact)
            shard.DurableLast = result.Verdicts.Length == 0 ? result.LastOffset : lastMissing;
        return lastMissing <= shard.DurableLast;
    }
}
