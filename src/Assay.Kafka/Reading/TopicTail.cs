using Assay.Contracts.Records;
using Assay.Kafka.Clients;
using Confluent.Kafka;

namespace Assay.Kafka.Reading;

/// <summary>
/// Reads all partitions of topics from one end, outside any group, and hands each message to a callback on its own thread. Messages of a
/// partition come in order. Stops at <see cref="Dispose"/>, after the running callback.
/// </summary>
public sealed class TopicTail : IDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);
    private readonly IConsumer<byte[]?, byte[]?> _consumer;
    private readonly KafkaClients _clients;
    private readonly Action<string, int, InputRecord> _message;
    private readonly HashSet<TopicPartition> _behind;
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _caughtUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;
    private volatile bool _stop;

    /// <param name="topics">Topic and number of its partitions.</param>
    /// <param name="fromEnd">False: from the oldest message kept.</param>
    /// <param name="message">Takes the topic and the message. What it throws ends the reading and comes out of <see cref="Finished"/>.</param>
    public TopicTail(
        KafkaClients clients, IEnumerable<KeyValuePair<string, int>> topics, bool fromEnd, Action<string, InputRecord> message)
        : this(clients, topics, fromEnd, (topic, _, record) => message(topic, record))
    {
    }

    /// <inheritdoc cref="TopicTail(KafkaClients, IEnumerable{KeyValuePair{string, int}}, bool, Action{string, InputRecord})"/>
    /// <param name="message">Takes topic, partition and message.</param>
    public TopicTail(
        KafkaClients clients, IEnumerable<KeyValuePair<string, int>> topics, bool fromEnd, Action<string, int, InputRecord> message)
    {
        _clients = clients;
        _message = message;
        _consumer = clients.Reader("tail");
        _behind = [.. topics.SelectMany(t => Enumerable.Range(0, t.Value).Select(p => new TopicPartition(t.Key, p)))];
        if (_behind.Count == 0)
            _caughtUp.SetResult();
        var start = fromEnd ? Offset.End : Offset.Beginning;
        _consumer.Assign(_behind.Select(p => new TopicPartitionOffset(p, start)));
        _thread = new Thread(Run) { IsBackground = true, Name = "assay-tail" };
        _thread.Start();
    }

    /// <summary>Completes when the tail has stopped; faulted where the callback threw.</summary>
    public Task Finished => _finished.Task;

    /// <summary>Completes when every partition has been read to its end once, and every message before it was handed over.</summary>
    public Task CaughtUp => _caughtUp.Task;

    public void Dispose()
    {
        _stop = true;
        if (Thread.CurrentThread != _thread)
            _thread.Join();
    }

    private void Run()
    {
        try
        {
            while (!_stop)
                Next();
            _finished.SetResult();
        }
        catch (Exception e)
        {
            _finished.SetException(e);
        }
        finally
        {
            _consumer.Close();
            _consumer.Dispose();
        }
    }

    private void Next()
    {
        ConsumeResult<byte[]?, byte[]?>? result;
        try
        {
            result = _consumer.Consume(Poll);
        }
        catch (ConsumeException e) when (!e.Error.IsFatal)
        {
            // The client retries by itself; its error handler has told the observer.
            return;
        }

        if (result is null)
            return;
        if (result.IsPartitionEOF)
        {
            if (_behind.Remove(result.TopicPartition) && _behind.Count == 0)
                _caughtUp.SetResult();
            return;
        }

        _clients.Health.Working();
        _message(result.Topic, result.Partition.Value, KafkaMessages.ToRecord(result));
    }
}
