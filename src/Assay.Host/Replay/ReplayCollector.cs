using System.Globalization;
using System.Text;
using Assay.Contracts.Records;
using Assay.Contracts.Topics;
using Assay.Contracts.Verdicts;
using Assay.Host.Replay.Output;
using Assay.Kafka.Writing;
using Confluent.Kafka;

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
    public void OnMessage(ConsumeResult<byte[]?, byte[]?> message)
    {
        if (message.Topic == names.Verdicts)
            OnVerdict(VerdictCodec.Read(message.Message.Value));
        else
            OnDeadLetter(message.Message.Headers);
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

    private void OnDeadLetter(Headers headers)
    {
        var partition = int.Parse(Text(headers, HeaderNames.Connect.Partition), CultureInfo.InvariantCulture);
        var offset = long.Parse(Text(headers, HeaderNames.Connect.Offset), CultureInfo.InvariantCulture);
        if (Take(partition, offset) is not { } row)
            return;
        var rule = Text(headers, HeaderNames.Connect.ExceptionClass);
        var failure = new ReadFailure(
            Text(headers, HeaderNames.Connect.Stage),
            rule.StartsWith("assay.", StringComparison.Ordinal) ? rule["assay.".Length..] : rule,
            Text(headers, HeaderNames.Connect.ExceptionMessage));
        files.DeadLetter(row.Number, row.Record, row.Source, failure, row.Attack);
        Interlocked.Increment(ref _judged);
    }

    private PendingRow? Take(int partition, long offset)
    {
        var row = inFlight[partition].Take(offset, out var next);
        producer.Completed(partition, next);
        return row;
    }

    private static string Text(Headers headers, string name) => Encoding.UTF8.GetString(headers.GetLastBytes(name));

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
