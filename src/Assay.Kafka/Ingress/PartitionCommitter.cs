using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Assay.Kafka.Ingress;

/// <summary>
/// Commits watermarks to the group, one request at a time, each after the mark of its partition where state is durable. The broker refuses the commit of a member that has lost its place, and then the next
/// owner reads a little more again. The loop's thread, but for the request itself.
/// </summary>
internal sealed partial class PartitionCommitter(IConsumer<byte[]?, byte[]?> consumer, IngressContext context) : ICommitter
{
    private readonly ILogger _log = context.Log;
    private readonly FaultGate _fault = new(context.Observer, "commit");

    public bool Running { get; private set; }

    public bool Busy => false;

    /// <summary>Commits in the background what has become durable.</summary>
    public void Start(IReadOnlyCollection<PartitionOwner> owners)
    {
        var due = new List<PartitionCommit>();
        foreach (var owner in owners)
        {
            if (owner.Commit() is not { } commit)
                continue;
            if (commit.Offset >= 0)
                context.Switches.Committing?.Invoke(new TopicPartitionOffset(owner.Partition, commit.Offset));
            due.Add(commit);
        }

        if (due.Count == 0)
            return;
        Running = true;
        _ = Task.Run(() => Run(due));
    }

    public void Step()
    {
    }

    public void End()
    {
    }

    public void Dispose()
    {
    }

    /// <summary>Marks first, commits second: a commit whose mark does not stand would speak for state that may be lost.</summary>
    private async Task Run(List<PartitionCommit> due)
    {
        bool[] stands;
        try
        {
            stands = await Task.WhenAll(due.Select(Mark));
        }
        catch (Exception e)
        {
            context.Queue.Post(() => MarkFailed(e));
            return;
        }

        context.Switches.Passing?.Invoke(Failpoint.AfterMark);
        var marked = due.Where((_, i) => stands[i]).ToList();
        var error = Send([.. marked.Where(c => c.Offset >= 0).Select(c => new TopicPartitionOffset(c.Owner.Partition, c.Offset))]);
        context.Switches.Passing?.Invoke(Failpoint.AfterCommit);
        context.Queue.Post(() => Done(marked, error));
        if (marked.Count < due.Count)
            context.Queue.Post(() => due.Except(marked).ToList().ForEach(c => c.Owner.StateLost()));
    }

    private Task<bool> Mark(PartitionCommit commit) => commit.Mark is { } mark
        ? context.Marks.Write(commit.Owner.Partition.Topic, commit.Owner.Partition.Partition.Value, commit.Known, mark, commit.Sources)
        : Task.FromResult(true);

    private Error? Send(List<TopicPartitionOffset> offsets)
    {
        if (offsets.Count == 0)
            return null;
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

    private void MarkFailed(Exception error)
    {
        Running = false;
        if (context.State.Failing($"State cannot be saved, nothing is committed until it can: {error.Message}"))
            LogMarkFailed(error);
    }

    private void Done(List<PartitionCommit> commits, Error? error)
    {
        Running = false;
        foreach (var commit in commits)
        {
            if (commit.Mark is not null)
            {
                commit.Owner.Marked(commit);
                context.State.Working();
            }

            if (error is null && commit.Offset >= 0)
                commit.Owner.Offsets.Commit(commit.Offset);
        }

        if (error is null)
        {
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

    [LoggerMessage(1052, LogLevel.Warning, "Marks cannot be written, so nothing is committed; retrying")]
    private partial void LogMarkFailed(Exception error);

    [LoggerMessage(1051, LogLevel.Warning, "Offsets cannot be committed ({Code}: {Reason}); retrying")]
    private partial void LogCommitFailed(ErrorCode code, string reason);
}
