using System.Globalization;
using Assay.Contracts.Records;
using Assay.Contracts.Wire;
using Confluent.Kafka;
using Orleans.Streams;

namespace Assay.Kafka.Streams;

/// <summary>
/// Reads one partition from where subscribers have finished with it. The checkpoint follows <see cref="QueueWindow.Position"/> and nothing else.
/// What fails is tried again on the next poll, for ever: Orleans initializes a receiver once and polls it whatever came of that.
/// </summary>
internal sealed class TrustQueueReceiver(
    TrustQueue queue, QueueWindow window, TopicFeed feed, IStreamQueueCheckpointerFactory checkpoints, TrustStreamFaults faults, TimeProvider time)
    : IQueueAdapterReceiver
{
    private IStreamQueueCheckpointer<string>? _checkpoint;
    private bool _open;
    private bool _faulty;
    private long _next;
    private (long From, long To)? _gap;

    public Task Initialize(TimeSpan timeout) => Task.CompletedTask;

    public Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount) => GetQueueMessagesAsync(maxCount, CancellationToken.None);

    public async Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount, CancellationToken cancellationToken)
    {
        if (!_open && !await TryOpen(cancellationToken))
            return [];
        if (_gap is { } gap)
            await Explain(gap);
        // What the poll before read is in the window by now.
        window.ReadTo(_next);
        SaveProgress();
        return Read(Math.Min(maxCount, window.Room));
    }

    public Task MessagesDeliveredAsync(IList<IBatchContainer> messages) => Task.CompletedTask;

    public Task MessagesDeliveredAsync(IList<IBatchContainer> messages, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task Shutdown(TimeSpan timeout) => Shutdown(timeout, CancellationToken.None);

    public async Task Shutdown(TimeSpan timeout, CancellationToken cancellationToken)
    {
        feed.Close(queue.Source);
        faults.Leave(queue);
        _open = false;
        if (_checkpoint is null)
            return;
        SaveProgress();
        using var late = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        await _checkpoint.FlushAsync(either.Token);
    }

    private async Task<bool> TryOpen(CancellationToken cancellation)
    {
        try
        {
            _checkpoint ??= await checkpoints.Create(queue.ToString(), cancellation);
            var saved = await _checkpoint.Load(cancellation);
            var ends = await Ends();
            Works();
            _next = saved.Length == 0 ? ends.Low.Value : Start(long.Parse(saved, CultureInfo.InvariantCulture), ends.Low.Value, ends.High.Value);
            feed.Open(queue.Source, _next);
            return _open = true;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception e)
        {
            Fails(e);
            return false;
        }
    }

    private long Start(long saved, long low, long high)
    {
        if (saved >= low && saved <= high)
            return saved;
        _faulty = true;
        if (saved < low)
            faults.Expired(queue, saved, low);
        else
            faults.MadeAnew(queue, saved, high);
        return low;
    }

    private void SaveProgress()
    {
        if (window.Position is { } position)
            _checkpoint?.Update(position.ToString(CultureInfo.InvariantCulture), time.GetUtcNow().UtcDateTime, CancellationToken.None);
    }

    // Nothing is awaited here: what is taken from the feed comes back from nowhere else.
    private List<IBatchContainer> Read(int count)
    {
        var events = new List<IBatchContainer>();
        foreach (var record in feed.Take(queue.Source, count))
        {
            if (record.Offset > _next)
                _gap = (_gap?.From ?? _next, record.Offset);
            _next = record.Offset + 1;
            if (TryRead(record) is { } read)
                events.Add(read);
        }

        return events;
    }

    private TrustEvent? TryRead(in InputRecord record)
    {
        try
        {
            var read = TrustEventReader.Read(queue, record);
            Works();
            return read;
        }
        catch (MessageFormatException e)
        {
            _faulty = true;
            faults.Unreadable(queue, record.Offset, e.Message);
            return null;
        }
    }

    /// <summary>Offsets were missing: the markers of a transaction, or messages that retention took while the window was full.</summary>
    private async Task Explain((long From, long To) gap)
    {
        try
        {
            var lost = Math.Min(gap.To, (await Ends()).Low.Value);
            _gap = null;
            if (lost <= gap.From)
                return;
            _faulty = true;
            faults.Expired(queue, gap.From, lost);
        }
        catch (KafkaException e)
        {
            Fails(e);
        }
    }

    private Task<WatermarkOffsets> Ends() => Task.Run(() => feed.Ends(queue.Source));

    private void Fails(Exception e)
    {
        if (!_faulty)
            faults.Unavailable(queue, e);
        _faulty = true;
    }

    private void Works()
    {
        if (_faulty)
            faults.Working(queue);
        _faulty = false;
    }
}
