using Assay.Client;
using Assay.Contracts.Records;
using Assay.Contracts.Topics;
using Assay.Contracts.Verdicts;
using Assay.Host.Replay.Output;
using Assay.Kafka.Writing;

namespace Assay.Host.Replay;

/// <summary>Reads verdicts and dead letters back from the broker and joins them with the rows they are about.</summary>
/// <param name="producer">Told what needs not be kept any more.</param>
internal sealed class ReplayCollector(TopicNames names, ReplayFiles files, InFlight[] inFlight, PacedProducer producer)
{
    private readonly Signal _advanced = new();
    private long _judged;
    private long _held;

    /// <summary>Rows of the broker that have a verdict.</summary>
    public long Judged => Interlocked.Read(ref _judged);

    public long Held => Interlocked.Read(ref _held);

    /// <summary>Set after each message; to wait on before looking again.</summary>
    public Signal Advanced => _advanced;

    /// <summary>For the tail's thread.</summary>
    public void OnMessage(string topic, InputRecord message)
    {
        if (topic == names.Verdicts)
            OnVerdict(TrustTopics.ReadVerdict(message.Value));
        else
            OnDeadLetter(TrustTopics.ReadDeadLetter(message.Headers ?? []));
        _advanced.Set();
    }

    private void OnVerdict(VerdictMessage verdict)
    {
        if (Take(verdict.Partition, verdict.Offset) is not { } row)
            return;
        if (verdict.Verdict == VerdictKind.Hold)
            Interlocked.Increment(ref _held);
        files.Verdict(row.Number, row.Record, verdict.Source, ToVerdict(verdict, row), row.Attack);
        Interlocked.Increment(ref _judged);
    }

    private void OnDeadLetter(DeadLetter dead)
    {
        if (Take(dead.Origin.Partition, dead.Origin.Offset) is not { } row)
            return;
        files.DeadLetter(row.Number, row.Record, row.Source, dead.Failure, row.Attack);
        Interlocked.Increment(ref _judged);
    }

    private PendingRow? Take(int partition, long offset)
    {
        var row = inFlight[partition].Take(offset, out var next);
        producer.Completed(partition, next);
        return row;
    }

    private static Verdict ToVerdict(VerdictMessage message, PendingRow row) => new()
    {
        Offset = message.Offset,
        Kind = message.Verdict,
        // A position on the replay's own broker means nothing to the reader of the files.
        RecordId = row.HasOwnId ? message.Id : row.Position,
        Identity = message.Identity,
        Dataset = message.Dataset,
        Mode = message.Mode,
        Score = message.Score,
        Detectors = [.. message.Scores.Keys],
        Scores = [.. message.Scores.Values],
        Reasons = [.. message.Reasons],
        View = message.View,
    };
}
