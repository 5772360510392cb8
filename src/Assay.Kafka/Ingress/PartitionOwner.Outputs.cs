using Assay.Contracts.Sources;
using Assay.Contracts.Verdicts;
using Assay.Kafka.Egress;

namespace Assay.Kafka.Ingress;

/// <summary>From a grain's answer to the acknowledgement of everything that it led to.</summary>
internal sealed partial class PartitionOwner
{
    private void Judged(Shard shard, SourceBatch batch, int bytes, BatchResult result)
    {
        var verdicts = Standing(result.Verdicts);
        foreach (var verdict in verdicts)
        {
            if (verdict.Offset < _offsets.ProduceFrom)
                continue;
            _positions.Produced(verdict.Offset);
            topic.DeadLetters.Add(verdict.Kind == VerdictKind.DeadLetter ? verdict.Failure?.Rule ?? "unknown" : null, verdict.Failure?.Reason);
        }

        if (topic.DeadLetters.Burst && !topic.Stopped)
        {
            StopTopic();
            // Records that wait are not emptied into dead letters for the sake of a commit: everything goes back to the last one.
            if (context.ExactlyOnce)
            {
                Rewind();
                return;
            }
        }

        var epoch = _epoch;
        shard.Unacknowledged++;
        _unacknowledged++;
        context.Running++;
        var outputs = new OutputBatch(
            _route, shard.Source, shard.Key, batch.Records, batch.Records.Length - verdicts.Length, verdicts, _offsets.ProduceFrom,
            done => context.Queue.Post(() => Acknowledged(shard, done, bytes, epoch)));
        context.Egress.Produce(outputs, _verdicts);
        context.Switches.Passing?.Invoke(Failpoint.AfterProduce);
    }

    private void StopTopic()
    {
        topic.Stopped = true;
        var message = topic.BurstMessage();
        LogTopicPaused(message);
        context.Observer.TopicPaused(topic.Name, topic.DeadLetters.Worst().Rule, message);
    }

    /// <summary>A record keeps the verdict that stands, whatever its grain says now.</summary>
    private Verdict[] Standing(Verdict[] verdicts)
    {
        var result = verdicts;
        for (var i = 0; i < verdicts.Length; i++)
        {
            var standing = _verdicts[verdicts[i].Offset];
            if (standing == VerdictKind.None || standing == verdicts[i].Kind)
                continue;
            if (ReferenceEquals(result, verdicts))
                result = [.. verdicts];
            result[i] = verdicts[i] with { Kind = standing, Failure = null };
        }

        return result;
    }

    private void Acknowledged(Shard shard, OutputBatch outputs, int bytes, long epoch)
    {
        shard.Unacknowledged--;
        _unacknowledged--;
        context.Running--;
        if (Phase == PartitionPhase.Gone)
            return;
        _positions.Stands(outputs.VerdictsEnd);
        if (!context.ExactlyOnce)
            Report(Judgement.Of(outputs));
        if (epoch != _epoch)
            return;
        if (context.ExactlyOnce)
            _uncommitted.Add(Judgement.Of(outputs));
        Free(bytes);
        context.Switches.Passing?.Invoke(Failpoint.AfterAcknowledge);
        TryCheckpoint(shard);
    }

    private void Report(Judgement judgement)
    {
        if (judgement.Verdicts.Count == 0)
            return;
        context.Observer.Judged(partition.Topic, partition.Partition.Value, judgement.Source, judgement.Verdicts);
        if (topic.HasAppendTimes)
            context.Observer.Delivered(partition.Topic, partition.Partition.Value, judgement.Oldest, judgement.Newest);
    }
}
