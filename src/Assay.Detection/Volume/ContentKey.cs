using System.IO.Hashing;
using System.Runtime.InteropServices;
using Assay.Contracts.Records;
using Assay.Detection.Statistics;

namespace Assay.Detection.Volume;

/// <summary>A 64-bit key of what a record says, without who, when and under which id: the same content in a new message has the same key.</summary>
internal static class ContentKey
{
    /// <param name="key">Over label, text, embedding, target, value, tool, reward, features and attributes in message order. Not keyed: no secret.</param>
    /// <returns>False where the record has none of them.</returns>
    public static bool TryOf(Record record, out ulong key)
    {
        key = 0;
        if (record is { Label: null, Text: null, Target: null, Tool: null, Value: null, Reward: null, Embedding.IsEmpty: true, Features.Count: 0, Attributes.Count: 0 })
            return false;
        key = Mix(key, record.Label);
        key = Mix(key, record.Text);
        key = Mix(key, record.Target);
        key = Mix(key, record.Tool);
        key = Mix(key, record.Value);
        key = Mix(key, record.Reward);
        if (!record.Embedding.IsEmpty)
            key = Mix(key, XxHash3.HashToUInt64(MemoryMarshal.AsBytes(record.Embedding.Span)));
        var features = record.Features.Values;
        if (!features.IsEmpty)
            key = Mix(key, XxHash3.HashToUInt64(MemoryMarshal.AsBytes(features)));
        foreach (var value in record.Attributes.Values)
            key = Mix(key, BoundedKey.Hash(value));
        return true;
    }

    private static ulong Mix(ulong key, string? value) => Mix(key, value is null ? 1 : BoundedKey.Hash(value));

    private static ulong Mix(ulong key, double? value) => Mix(key, value is { } number ? BitConverter.DoubleToUInt64Bits(number) + 2 : 1);

    private static ulong Mix(ulong key, ulong value)
    {
        var product = Math.BigMul(key ^ value ^ 0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93, out var low);
        return product ^ low ^ (key << 1 | key >> 63);
    }
}
