namespace Assay.Contracts.Records;

/// <summary>A Kafka message as it was consumed. The arrays are shared by reference and never written to.</summary>
[GenerateSerializer, Immutable, Alias("assay.input-record")]
public readonly record struct InputRecord(
    [property: Id(0)] long Offset,
    [property: Id(1)] long AppendTimeMs,
    [property: Id(2)] byte[]? Key,
    [property: Id(3)] byte[]? Value,
    [property: Id(4)] RecordHeader[]? Headers)
{
    /// <summary>Bytes held by key, value and headers.</summary>
    public int Size
    {
        get
        {
            var size = (Key?.Length ?? 0) + (Value?.Length ?? 0);
            foreach (var header in Headers ?? [])
                size += header.Key.Length + (header.Value?.Length ?? 0);
            return size;
        }
    }

    /// <summary>The value of the last header of that name, as Kafka's own <c>lastHeader</c>; null where there is none.</summary>
    public byte[]? Header(string name)
    {
        var headers = Headers;
        for (var i = (headers?.Length ?? 0) - 1; i >= 0; i--)
        {
            if (string.Equals(headers![i].Key, name, StringComparison.Ordinal))
                return headers[i].Value;
        }

        return null;
    }
}

[GenerateSerializer, Immutable, Alias("assay.record-header")]
public readonly record struct RecordHeader([property: Id(0)] string Key, [property: Id(1)] byte[]? Value);
