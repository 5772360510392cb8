using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Assay.Kafka.Ingress;

/// <summary>
/// Commits watermarks to the group, one request at a time. The broker refuses the commit of a member that has lost its place, and then the next
/// owner reads a little more again. The loop's thread, but for the request itself.
/// </summary>
internal sealed partial class PartitionCommitter(IConsumer<byte[]?, byte[]?> consumer, IngressContext context)
{
    private readonly ILogger _log = context.Log;
    private readonly FaultGate _fault = new(context.Observer, "commit");

    public bool Running { get; private set; }

    /// <summary>Commits in the background what has become durable.</summary>
    public void Start(IEnumerable<PartitionOwner> owners)
    {
        var (offsets, theirs) = Collect(owners);
        if (offsets.Count == 0)
            return;
        Running = true;
        _ = Task.Run(() =>
        {
            var error = Send(offsets);
            context.Queue.Post(() => Done(offsets, theirs, error));
        });
    }

    private (List<TopicPartitionOffset> Offsets, List<PartitionOwner> Owners) Collect(IEnumerable<PartitionOwner> owners)
    {
        var offsets = new List<TopicPartitionOffset>();
        var theirs = new List<PartitionOwner>();
        foreach (var owner in owners)
        {
            var watermark = owner.Watermark();
            if (watermark < 0)
                continue;
            var offset = new TopicPartitionOffset(owner.Partition, watermark);
            context.Switches.Committing?.Invoke(offset);
            offsets.Add(offset);
            theirs.Add(owner);
        }

        return (offsets, theirs);
    }

    private Error? Send(List<TopicPartitionOffset> offsets)
    {
        try
        {
            consumer.Commit(offsets);
            return null;
        }
        catch (KafkaException e)
        {
            return e.Error;
        }
        catch (ObjectDisposedException)
        {
            return new Error(ErrorCode.Local_Destroy);
        }
    }

    private void Done(List<TopicPartitionOffset> offsets, List<PartitionOwner> owners, Error? error)
    {
        Running = false;
        if (error is null)
        {
            for (var i = 0; i < owners.Count; i++)
                owners[i].Offsets.Commit(offsets[i].Offset.Value);
            _fault.Working();
        }
        else if (error.Code is ErrorCode.RebalanceInProgress or ErrorCode.IllegalGeneration or ErrorCode.UnknownMemberId or ErrorCode.Local_Destroy
            or ErrorCode.Local_NoOffset)
        {
            LogCommitFenced(error.Code);
        }
        else if (_fault.Failing($"Offsets cannot be committed, it is tried until they can: {error.Reason}"))
        {
            LogCommitFailed(error.Code, error.Reason);
        }
    }

    [LoggerMessage(1050, LogLevel.Information, "A commit came during a rebalance ({Code}); whoever owns the partitions now commits next")]
    private partial void LogCommitFenced(ErrorCode code);

    [LoggerMessage(1051, LogLevel.Warning, "Offsets cannot be committed ({Code}: {Reason}); retrying")]
    private partial void LogCommitFailed(ErrorCode code, string reason);
}
