using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Assay.Contracts.Records;
using Assay.Contracts.Verdicts;
using Assay.Contracts.Wire;

namespace Assay.Contracts.Topics;

/// <summary>Makes the headers by which a copy of a record says why it lies where it lies. They are appended: the record's own headers stay as they came.</summary>
/// <remarks>Each method hands name and value to <c>add</c>, so that any client's header type can be filled.</remarks>
public static class ReasonHeaders
{
    private static readonly byte[][] VerdictWords =
        [.. Enum.GetValues<VerdictKind>().Select(kind => kind == VerdictKind.None ? [] : Encoding.UTF8.GetBytes(kind.Name()))];

    /// <summary>Adds the verdict, its score, its reasons and its id.</summary>
    public static void AddVerdict(Action<string, byte[]> add, string topic, int partition, Verdict verdict)
    {
        Span<byte> score = stackalloc byte[JsonNumber.MaxBytes];
        add(HeaderNames.Verdict, VerdictWords[(int)verdict.Kind]);
        add(HeaderNames.Score, score[..JsonNumber.Format(verdict.Score, score)].ToArray());
        foreach (var reason in verdict.Reasons)
            add(HeaderNames.Reason, Text(reason));
        add(HeaderNames.Id, Text(string.Create(CultureInfo.InvariantCulture, $"{topic}/{partition}/{verdict.Offset}")));
    }

    /// <summary>Adds where the record was read, in Connect's and in Spring's words.</summary>
    /// <param name="appendTimeMs">Kafka's timestamp of the record, milliseconds since the Unix epoch.</param>
    public static void AddOrigin(Action<string, byte[]> add, string topic, int partition, long offset, long appendTimeMs)
    {
        add(HeaderNames.Connect.Topic, Text(topic));
        add(HeaderNames.Connect.Partition, Text(partition.ToString(CultureInfo.InvariantCulture)));
        add(HeaderNames.Connect.Offset, Text(offset.ToString(CultureInfo.InvariantCulture)));
        add(HeaderNames.Spring.Topic, Text(topic));
        add(HeaderNames.Spring.Partition, BigEndian(partition));
        add(HeaderNames.Spring.Offset, BigEndian(offset));
        add(HeaderNames.Spring.Timestamp, BigEndian(appendTimeMs));
    }

    /// <summary>Adds what was wrong with the record, in Connect's words and with the rule in Assay's own.</summary>
    public static void AddFailure(Action<string, byte[]> add, ReadFailure failure)
    {
        add(HeaderNames.Connect.Stage, Text(failure.Stage));
        add(HeaderNames.Connect.ExceptionClass, Text($"assay.{failure.Rule}"));
        add(HeaderNames.Connect.ExceptionMessage, Text(failure.Reason));
        add(HeaderNames.Rule, Text(failure.Rule));
    }

    /// <summary>Adds how many bytes the value had before it was cut.</summary>
    public static void AddValueSize(Action<string, byte[]> add, int bytes) =>
        add(HeaderNames.ValueSize, Text(bytes.ToString(CultureInfo.InvariantCulture)));

    private static byte[] Text(string value) => Encoding.UTF8.GetBytes(value);

    private static byte[] BigEndian(int value)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] BigEndian(long value)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes;
    }
}
