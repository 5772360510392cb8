using System.Text.Unicode;
using Assay.Contracts.Records;

namespace Assay.Mapping.Reading;

/// <summary>What holds for every message before its format matters.</summary>
internal static class MessageRules
{
    public static bool Check(ReadOnlySpan<byte> value, ReadLimits limits, RecordBuilder builder)
    {
        if (value.Length > limits.MaxRecordBytes)
        {
            return builder.Fail(
                ReadFailure.Stages.Read,
                "max-record-bytes",
                $"the message has {value.Length} bytes, more than the {limits.MaxRecordBytes} that are read");
        }

        if (value is [0, ..])
        {
            return builder.Fail(
                ReadFailure.Stages.Decode,
                "registry-format",
                "the message begins with byte 0, as Avro and Protobuf with a schema-registry header do; Assay reads CSV, JSON "
                + "and CloudEvents with JSON data: "
                + "publish a JSON copy of the topic (e.g. by a stream job or a connector's JSON converter) and point Assay at that");
        }

        if (Utf8.IsValid(value))
            return true;
        var valid = FirstInvalid(value);
        return builder.Fail(ReadFailure.Stages.Decode, "utf8", $"not valid UTF-8 at byte {valid} (0x{value[valid]:x2})");
    }

    public static bool Tombstone(RecordBuilder builder) =>
        builder.Fail(ReadFailure.Stages.Read, "tombstone", "the message has no value; a tombstone holds nothing that could be learned from");

    private static int FirstInvalid(ReadOnlySpan<byte> value)
    {
        var position = 0;
        while (System.Text.Rune.DecodeFromUtf8(value[position..], out _, out var length) == System.Buffers.OperationStatus.Done)
            position += length;
        return position;
    }
}
