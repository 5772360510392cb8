using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Assay.Contracts.Records;
using Assay.Contracts.Verdicts;
using Assay.Contracts.Wire;

namespace Assay.Contracts.Topics;

/// <summary>Writes the headers by which a copy of a record says why it lies where it lies. They are appended: the record's own headers stay as they came.</summary>
public static class ReasonHeaders
{
    private static readonly byte[][] VerdictWords =
        [[], [.. "admit"u8], [.. "hold"u8], [.. "reject"u8], [.. "dead-letter"u8]];

    /// <summary>Adds the verdict, its score and its reasons.</summary>
    public static void AddVerdict(ICollection<RecordHeader> headers, Verdict verdict)
    {
        Span<byte> score = stackalloc byte[JsonNumber.MaxBytes];
        headers.Add(new RecordHeader(HeaderNames.Verdict, VerdictWords[(int)verdict.Kind]));
        headers.Add(new RecordHeader(HeaderNames.Score, score[..JsonNumber.Format(verdict.Score, score)].ToArray()));
        foreach (var reason in verdict.Reasons)
            headers.Add(Text(HeaderNames.Reason, reason));
    }

    /// <summary>Adds where the record was read, in Connect's and in Spring's words.</summary>
    /// <param name="appendTimeMs">Kafka's timestamp of the record, milliseconds since the Unix epoch.</param>
    public static void AddOrigin(ICollection<RecordHeader> headers, string topic, int partition, long offset, long appendTimeMs)
    {
        headers.Add(Text(HeaderNames.Connect.Topic, topic));
        headers.Add(Text(HeaderNames.Connect.Partition, partition.ToString(CultureInfo.InvariantCulture)));
        headers.Add(Text(HeaderNames.Connect.Offset, offset.ToString(CultureInfo.InvariantCulture)));
        headers.Add(Text(HeaderNames.Spring.Topic, topic));
        headers.Add(Number(HeaderNames.Spring.Partition, partition));
        headers.Add(Number(HeaderNames.Spring.Offset, offset));
        headers.Add(Number(HeaderNames.Spring.Timestamp, appendTimeMs));
    }

    /// <summary>Adds what was wrong with the record, in Connect's words.</summary>
    public static void AddFailure(ICollection<RecordHeader> headers, ReadFailure failure)
    {
        headers.Add(Text(HeaderNames.Connect.Stage, failure.Stage));
        headers.Add(Text(HeaderNames.Connect.ExceptionClass, $"assay.{failure.Rule}"));
        headers.Add(Text(HeaderNames.Connect.ExceptionMessage, failure.Reason));
    }

    private static RecordHeader Text(string name, string value) => new(name, Encoding.UTF8.GetBytes(value));

    private static RecordHeader Number(string name, int value)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return new RecordHeader(name, bytes);
    }

    private static RecordHeader Number(string name, long value)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return new RecordHeader(name, bytes);
    }
}
