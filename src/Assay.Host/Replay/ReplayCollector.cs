using Assay.Client;
using Assay.Contracts.Records;
using Assay.Contracts.Topics;
using Assay.Contracts.Verdicts;
using Assay.Host.Replay.Outcomes;
using Assay.Host.Replay.Output;
using Assay.Kafka.Writing;

namespace Assay.Host.Replay;

/// <summary>Reads verdicts and dead letters back from the broker and joins them with the rows they are about.</summary>
/// <param name="index">Remembers the rows by place.</param>
/// <param name="producer">Told what needs not be kept any more.</param>
internal sealed class ReplayCollector(TopicNames names, ReplayFiles files, InFlight[] inFlight, RowIndex index, PacedProducer producer)
{
    private readonly Signal _advanced = new();
    private long _expected;
    private long _judged;
    private long _held;

    /// <summary>Rows that have been put into the topic.</summary>
    public long Expected => Interlocked.Read(ref _expected);

    /// <summary>Rows of the broker that have a verdict.</summary>
    public long Judged => Interlocked.Read(ref _judged);

    public long Held => Interlocked.Read(ref _held);

    /// <summary>Set after each message; to wait on before looking again.</summary>
    public Signal Advanced => _advanced;

    /// <summary>Call for each row that is put into the topic.</summary>
    public void Expect() => Interlocked.Increment(ref _expected);

    /// <summary>Completes when every row put into the topic so far has its verdict taken down, or with the reading.</summary>
    /// <param name="reading">Ends early, with an error, where results cannot be taken.</param>
    public async Task CaughtUp(Task reading) => await await Task.WhenAny(_advanced.Until(() => Judged == Expected, CancellationToken.None), reading);

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
        Note(row, verdict.Partition, verdict.Offset, verdict.Source, verdict.Identity, verdict.Verdict);
        Interlocked.Increment(ref _judged);
    }

    private void OnDeadLetter(DeadLetter dead)
    {
        if (Take(dead.Origin.Partition, dead.Origin.Offset) is not { } row)
            return;
        files.DeadLetter(row.Number, row.Record, row.Source, dead.Failure, row.Attack);
        Note(row, dead.Origin.Partition, dead.Origin.Offset, row.Source, row.Source, VerdictKind.DeadLetter);
        Interlocked.Increment(ref _judged);
    }

    private void Note(PendingRow row, int partition, long offset, string source, string identity, VerdictKind kind) => index.Add(
        partition, offset, new JudgedRow(row.Number, row.OwnId, row.Record.File, row.Record.Line, source, identity, kind, row.Attack is not null));

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
        RecordId = row.OwnId is null ? row.Position : message.Id,
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
