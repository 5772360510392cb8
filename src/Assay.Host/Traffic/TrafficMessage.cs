using Assay.Contracts.Records;

namespace Assay.Host.Traffic;

/// <summary>One message of the generated world, ready for a Kafka producer.</summary>
/// <param name="Number">Position in the stream, from 0.</param>
/// <param name="Key">The source's name in UTF-8. Shared by all messages of the source: never written to.</param>
/// <param name="Value">A CloudEvent, or its data in binary mode; belongs to this message alone.</param>
/// <param name="Headers">CloudEvents headers of the mode.</param>
/// <param name="EventTime">A function of <paramref name="Number"/>.</param>
/// <param name="RecordId">The CloudEvent's id, under which Assay's verdict names the record; empty where it cannot be read.</param>
/// <param name="Attack">Truth, not on the wire: the <see cref="TimedAttack.Id"/> that shaped this message; null for honest traffic.</param>
public readonly record struct TrafficMessage(
    long Number,
    string Topic,
    byte[] Key,
    byte[] Value,
    RecordHeader[] Headers,
    DateTimeOffset EventTime,
    string RecordId,
    string? Attack);
