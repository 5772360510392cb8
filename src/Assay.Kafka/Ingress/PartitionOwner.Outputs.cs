using Assay.Contracts.Records;
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
            StopTopic();

        var epoch = _epoch;
        shard.Unacknowledged++;
        _unacknowledged++;
        context.Running++;
        var outputs = new OutputBatch(
            _route, shard.Source, shard.Key, batch.Records, batch.Records.Length - verdicts.Length, verdicts,
            done => context.Queue.Post(() => Acknowledged(shard, done, bytes, epoch)));
        context.Egress.Produce(outputs, _verdicts, _offsets.ProduceFrom);
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
        Report(outputs);
        if (epoch != _epoch)
            return;
        Free(bytes);
        context.Switches.Passing?.Invoke(Failpoint.AfterAcknowledge);
        TryCheckpoint(shard);
    }

    private static DateTimeOffset Appended(in InputRecord record) => DateTimeOffset.FromUnixTimeMilliseconds(record.AppendTimeMs);

    private void Report(OutputBatch outputs)
    {
        var verdicts = outputs.Verdicts;
        var first = 0;
        while (first < verdicts.Length && verdicts[first].Offset < _offsets.ProduceFrom)
            first++;
        if (first == verdicts.Length)
            return;
        context.Observer.Judged(partition.Topic, partition.Partition.Value, outputs.Source, first == 0 ? verdicts : verdicts[first..]);
        if (topic.HasAppendTimes)
            context.Observer.Delivered(partition.Topic, partition.Partition.Value, Appended(outputs.Record(first)), Appended(outputs.Record(verdicts.Length - 1)));
    }
}
