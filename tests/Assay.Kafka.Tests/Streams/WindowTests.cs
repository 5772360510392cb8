using System.Diagnostics.Metrics;
using Assay.Contracts.Trust;
using Assay.Kafka.Streams;
using Assay.Kafka.Tests.Support;
using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Providers.Streams.Common;

namespace Assay.Kafka.Tests.Streams;

/// <summary>The window as a pulling agent uses it: one subscriber's cursor is asked for the next event when the last is done with.</summary>
public sealed class WindowTests : IDisposable
{
    private const int Capacity = 16;
    private readonly TrustQueue _queue = new(TrustStreams.Decisions, new TopicPartition("log", 3));
    private readonly FlowLog _flow = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly QueueWindow _window;

    public WindowTests()
    {
        var instruments = new TrustStreamInstruments(_services.GetRequiredService<IMeterFactory>());
        var faults = new TrustStreamFaults(
            _flow, instruments, new SubscriberNames(new NoManifests()), Options.Create(new TrustStreamOptions()), NullLogger<TrustStreamFaults>.Instance);
        _window = new QueueWindow(_queue, Capacity, faults);
    }

    public void Dispose() => _services.Dispose();

    [Fact]
    public void Position_WithTwoSubscribers_IsTheSlowersUnfinishedEvent()
    {
        Add(10, 3);
        var (fast, slow) = (Cursor(10), Cursor(10));
        Assert.True(fast.MoveNext() && fast.MoveNext() && fast.MoveNext() && !fast.MoveNext());
        Assert.True(slow.MoveNext() && slow.MoveNext());

        Assert.True(_window.TryPurgeFromCache(out var purged));

        Assert.Equal([10L], purged.Select(p => p.SequenceToken.SequenceNumber));
        Assert.Equal(11, _window.Position);
    }

    [Fact]
    public void Purge_BeforeTheFirstCursor_KeepsEverything()
    {
        Add(10, 3);
        _window.UpdateDeliveryProgress(null, default);
        Assert.Equal((10L, 3L), (_window.Position, _window.End));
    }

    [Fact]
    public void Purge_WhenNobodySubscribed_LetsEverythingGo()
    {
        Add(10, 3);
        Cursor(10).Dispose();
        Assert.True(_window.TryPurgeFromCache(out _));
        Assert.Equal(13, _window.Position);
    }

    [Fact]
    public void Position_WhenOnlyOtherMessagesWereRead_FollowsThem()
    {
        _window.ReadTo(40);
        Assert.Equal(40, _window.Position);
        Add(45, 1);
        Assert.Equal(45, _window.Position);
    }

    [Fact]
    public void RefusedEvent_WhenTheAgentStopsAsking_StaysUnfinishedAndUnreported()
    {
        Add(10, 2);
        var cursor = Cursor(10);
        cursor.MoveNext();
        Refuse(cursor, 10);

        _window.UpdateDeliveryProgress(new EventSequenceTokenV2(10), default);

        Assert.Equal(10, _window.Position);
        Assert.Empty(_flow.Events);
    }

    [Fact]
    public void RefusedEvent_WhenTheAgentGoesOn_IsReportedOnceAndTheTroubleEndsWithTheNextTaken()
    {
        Add(10, 4);
        var cursor = Cursor(10);
        cursor.MoveNext();
        Refuse(cursor, 10);
        cursor.MoveNext();
        Refuse(cursor, 11);
        cursor.MoveNext();
        Assert.StartsWith("fault:stream decisions to subscription", Assert.Single(_flow.Events));
        Assert.Contains("log/3/10", _flow.Events[0]);

        cursor.MoveNext();

        Assert.Equal(2, _flow.Events.Count);
        Assert.StartsWith("recovered:stream decisions to subscription", _flow.Events[1]);
        _window.TryPurgeFromCache(out _);
        Assert.Equal(13, _window.Position);
    }

    [Fact]
    public void FullWindow_WhileASubscriberRefuses_KeepsRoomForTheOthers()
    {
        Add(10, Capacity);
        var (good, broken) = (Cursor(10), Cursor(10));
        broken.MoveNext();
        Refuse(broken, 10);
        while (good.MoveNext())
        {
        }

        Assert.True(_window.IsUnderPressure());
        broken.MoveNext();
        _window.TryPurgeFromCache(out _);

        Assert.Equal(Capacity - (Capacity / 4), _window.Room);
        Assert.Equal(10 + Capacity - (Capacity / 4), broken.GetCurrent(out _)!.SequenceToken.SequenceNumber);
    }

    [Fact]
    public void FullWindow_WhileASubscriberIsOnlySlow_WaitsForItAndIsStillPurged()
    {
        Add(10, Capacity);
        var slow = Cursor(10);
        slow.MoveNext();
        slow.MoveNext();

        Assert.True(_window.IsUnderPressure());
        Assert.NotEqual(0, _window.GetMaxAddCount());
        Assert.True(_window.TryPurgeFromCache(out _));
        Assert.Equal((11L, 1), (_window.Position, _window.Room));
        Assert.Empty(_flow.Events);
    }

    [Fact]
    public void GetEvents_OfAnotherType_Throws()
    {
        var read = new TrustEvent(_queue.Stream, 10, "content");
        Assert.Equal("content", Assert.Single(read.GetEvents<string>()).Item1);
        Assert.Throws<InvalidCastException>(() => read.GetEvents<Decision>());
    }

    private void Add(long offset, int count) =>
        _window.AddToCache([.. Enumerable.Range(0, count).Select(i => new TrustEvent(_queue.Stream, offset + i, "event"))]);

    private WindowCursor Cursor(long offset) => (WindowCursor)_window.GetCacheCursor(_queue.Stream, new EventSequenceTokenV2(offset));

    private void Refuse(WindowCursor cursor, long offset)
    {
        cursor.RecordDeliveryFailure();
        _window.Refused(new Guid(1, 2, 3, [4, 5, 6, 7, 8, 9, 10, 11]), offset);
    }

    private sealed class NoManifests : IClusterManifestProvider
    {
        public Orleans.Metadata.ClusterManifest Current { get; } = new(default, System.Collections.Immutable.ImmutableDictionary<SiloAddress, Orleans.Metadata.GrainManifest>.Empty);

        public IAsyncEnumerable<Orleans.Metadata.ClusterManifest> Updates => throw new NotSupportedException();

        public Orleans.Metadata.GrainManifest LocalGrainManifest => throw new NotSupportedException();
    }
}
