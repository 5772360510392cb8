using System.Buffers;
using Assay.Contracts.Records;
using Assay.Contracts.Topics;
using Assay.Contracts.Verdicts;
using Assay.Contracts.Wire;
using Confluent.Kafka;

namespace Assay.Kafka.Egress;

/// <summary>Makes the messages. The client copies key and value before it returns, so buffers of verdicts are used again. One thread.</summary>
internal sealed class OutputMessages(KafkaEgressOptions options)
{
    private const int ReusedLengths = 4_096;
    private static readonly ReadFailure Unreadable = new(ReadFailure.Stages.Score, "unknown", "The grain gave no reason.");
    private readonly ArrayBufferWriter<byte> _json = new(1_024);
    private readonly byte[]?[] _exact = new byte[]?[ReusedLengths];
    private readonly Headers _contentType = new() { { "content-type", CloudEvent.ContentTypeHeader } };
    private readonly Message<byte[]?, byte[]?> _message = new();

    /// <summary>The topic, and the message, which is valid until the next call.</summary>
    public (TopicPartition Topic, Message<byte[]?, byte[]?> Message) Make(Delivery delivery)
    {
        var route = delivery.Batch.Route;
        var target = delivery.Kind switch
        {
            OutputKind.Verdict => Verdict(delivery),
            OutputKind.Admitted => Copy(delivery, route.Admitted),
            OutputKind.Held => Copy(delivery, route.Held),
            _ => DeadLetter(delivery),
        };
        return (target, _message);
    }

    private TopicPartition Verdict(Delivery delivery)
    {
        var batch = delivery.Batch;
        var route = batch.Route;
        var verdict = batch.Verdicts[delivery.Index];
        if (delivery.Cut != OutputCut.Whole)
            verdict = verdict with { RecordId = $"{route.Input.Topic}/{route.Input.Partition.Value}/{verdict.Offset}", Reasons = [] };
        _json.ResetWrittenCount();
        VerdictCodec.Write(_json, route.Input.Topic, route.Input.Partition.Value, batch.Source, verdict);
        Fill(batch.Key, Exact(_json.WrittenSpan), _contentType, Timestamp.Default);
        return route.Verdicts;
    }

    private TopicPartition Copy(Delivery delivery, TopicPartition target)
    {
        ref readonly var record = ref delivery.Batch.Record(delivery.Index);
        var verdict = delivery.Batch.Verdicts[delivery.Index];
        var input = delivery.Batch.Route.Input;
        var headers = delivery.Kind == OutputKind.Held ? OutputHeaders.Held(record, input.Topic, input.Partition.Value, verdict)
            : verdict.Mode == DatasetMode.Mark ? OutputHeaders.Marked(record, input.Topic, input.Partition.Value, verdict)
            : KafkaMessages.Headers(record.Headers);
        Fill(record.Key, record.Value, headers, Time(record));
        return target;
    }

    private TopicPartition DeadLetter(Delivery delivery)
    {
        ref readonly var record = ref delivery.Batch.Record(delivery.Index);
        var failure = delivery.Failure ?? delivery.Batch.Verdicts[delivery.Index].Failure ?? Unreadable;
        var whole = delivery.Cut == OutputCut.Whole;
        var nothing = delivery.Cut == OutputCut.Everything;
        var input = delivery.Batch.Route.Input;
        var headers = OutputHeaders.DeadLetter(record, nothing, input.Topic, input.Partition.Value, failure);
        var value = nothing ? null : record.Value;
        if (!whole)
        {
            ReasonHeaders.AddValueSize(headers.Add, record.Value?.Length ?? 0);
            if (value is not null && value.Length > options.CutBytes)
                value = value[..options.CutBytes];
        }

        Fill(nothing ? null : record.Key, value, headers, whole ? Time(record) : Timestamp.Default);
        return delivery.Batch.Route.DeadLetters;
    }

    private void Fill(byte[]? key, byte[]? value, Headers? headers, Timestamp time)
    {
        _message.Key = key;
        _message.Value = value;
        _message.Headers = headers;
        _message.Timestamp = time;
    }

    private byte[] Exact(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= ReusedLengths)
            return bytes.ToArray();
        var array = _exact[bytes.Length] ??= new byte[bytes.Length];
        bytes.CopyTo(array);
        return array;
    }

    private static Timestamp Time(in InputRecord record) =>
        record.AppendTimeMs > 0 ? new Timestamp(record.AppendTimeMs, TimestampType.CreateTime) : Timestamp.Default;
}
