using Assay.Contracts.Records;

namespace Assay.Contracts.Ports;

/// <summary>
/// Reads whole records of one topic. An instance belongs to one caller at a time (it reuses buffers and intern tables);
/// make one for each grain with <see cref="IRecordReaderFactory"/>.
/// </summary>
public interface IRecordReader
{
    /// <summary>
    /// Fills <paramref name="record"/>. Every kind of bad input ends in false with a failure that a person can act on; nothing is thrown.
    /// </summary>
    bool TryRead(in InputRecord input, Record record, out ReadFailure failure);
}

/// <summary>Finds the fields that decide where a record goes, without parsing the rest. Safe for one thread at a time.</summary>
public interface IRecordRouter
{
    /// <summary>The source of the record. A message that cannot be routed is still given to a grain, which reads it whole and says why it is bad.</summary>
    /// <returns>The source, or <see cref="Unrouted"/> where the message has none that can be found.</returns>
    string Route(in InputRecord input);

    /// <summary>The source under which unroutable messages are read and dead-lettered.</summary>
    const string Unrouted = "(unrouted)";

    /// <summary>The shard that sources beyond a partition's cap share.</summary>
    const string Others = "(other sources)";
}

/// <summary>Makes readers and routers for topics; the registry of mapping profiles.</summary>
public interface IRecordReaderFactory
{
    /// <param name="topic">A topic with a configured profile.</param>
    /// <exception cref="KeyNotFoundException">No profile is configured for the topic.</exception>
    IRecordReader CreateReader(string topic, int partition);

    /// <inheritdoc cref="CreateReader"/>
    IRecordRouter CreateRouter(string topic);

    /// <summary>How sure it is who writes to the topic; of an unknown topic the least.</summary>
    Assurance AssuranceOf(string topic);
}
