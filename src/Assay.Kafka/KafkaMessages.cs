using Assay.Contracts.Records;
using Confluent.Kafka;

namespace Assay.Kafka;

/// <summary>Between the client's messages and <see cref="InputRecord"/>, byte for byte: null and empty stay apart, headers keep order and repeats.</summary>
internal static class KafkaMessages
{
    public static InputRecord ToRecord(ConsumeResult<byte[]?, byte[]?> result)
    {
        var message = result.Message;
        return new InputRecord(result.Offset.Value, message.Timestamp.UnixTimestampMs, message.Key, message.Value, ToHeaders(message.Headers));
    }

    public static Headers? Headers(RecordHeader[]? headers)
    {
        if (headers is null || headers.Length == 0)
            return null;
        var result = new Headers();
        foreach (var header in headers)
            result.Add(header.Key, header.Value);
        return result;
    }

    private static RecordHeader[]? ToHeaders(Headers? headers)
    {
        if (headers is null || headers.Count == 0)
            return null;
        var result = new RecordHeader[headers.Count];
        for (var i = 0; i < result.Length; i++)
        {
            var header = headers[i];
            result[i] = new RecordHeader(header.Key, header.GetValueBytes());
        }

        return result;
    }
}
