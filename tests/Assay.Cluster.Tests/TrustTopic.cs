using Assay.Client;
using Assay.Contracts.Records;
using Assay.Contracts.Signing;
using Assay.Contracts.Topics;
using Assay.Contracts.Trust;
using Assay.Host.Settings;

namespace Assay.Cluster.Tests;

/// <summary>The trust topic as a retrainer reads it: with the client library and the public key, by a consumer of its own.</summary>
internal sealed class TrustTopic(string kafka, TopicNames names, int partitions)
{
    private readonly TrustReader _reader = new(SigningKeys.Accepted(new SigningOptions { KeyFile = TestKey.File }, []));

    /// <summary>Everything that the topic holds by now, in each partition's order. A message without a good signature ends the test.</summary>
    public List<TrustEvent> Read() =>
    [
        .. TopicContents.Read(kafka, names.TrustDecisions, partitions).OrderBy(m => m.Partition.Value).ThenBy(m => m.Offset.Value).Select(m => _reader.Read(
            m.Topic, m.Partition.Value, new InputRecord(
                m.Offset.Value, m.Message.Timestamp.UnixTimestampMs, m.Message.Key, m.Message.Value,
                [.. m.Message.Headers.Select(h => new RecordHeader(h.Key, h.GetValueBytes()))]))),
    ];

    /// <summary>The standings that the events add up to.</summary>
    public static StandingView Standings(IEnumerable<TrustEvent> events)
    {
        var view = new StandingView();
        foreach (var decision in events.Select(e => e.Decision).OfType<Decision>())
            view.Apply(decision);
        return view;
    }

    /// <summary>What the heartbeats say of how fresh the topic is.</summary>
    public TrustFreshness Freshness(IEnumerable<TrustEvent> events)
    {
        var freshness = new TrustFreshness(partitions);
        foreach (var heartbeat in events.Select(e => e.Heartbeat).OfType<TrustHeartbeat>())
            freshness.Apply(heartbeat);
        return freshness;
    }
}
