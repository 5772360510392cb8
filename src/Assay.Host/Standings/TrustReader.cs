using System.Text;
using Assay.Contracts.Ports;
using Assay.Contracts.Records;
using Assay.Contracts.Signing;
using Assay.Contracts.Topics;
using Assay.Contracts.Trust;
using Assay.Contracts.Wire;
using Assay.Grains.Identities;

namespace Assay.Host.Standings;

/// <summary>
/// Applies messages of the trust topics to this silo's standings. What is not signed with an accepted key, or not what it says it is, is refused and
/// changes nothing. One thread, but for the properties.
/// </summary>
internal sealed class TrustReader(
    TopicNames names, TrustVerifier verifier, StandingTable standings, OlderDecisions older, EffectWatch effects, IFlowObserver observer)
{
    private const int RecallsRemembered = 4096;
    private readonly RefusedMessages _refused = new(observer, "trust-messages");
    private readonly HashSet<(StandingKey, long, string, string)> _recalls = [];
    private readonly Queue<(StandingKey, long, string, string)> _recallOrder = new();
    private readonly Dictionary<int, (long Next, long Heartbeat)> _positions = [];
    private readonly Lock _gate = new();

    /// <summary>Of each partition of trust-decisions that was read: the next offset, and the highest heartbeat's epoch.</summary>
    public IReadOnlyList<(int Partition, long Next, long Heartbeat)> Positions
    {
        get
        {
            lock (_gate)
                return [.. _positions.Select(p => (p.Key, p.Value.Next, p.Value.Heartbeat))];
        }
    }

    /// <summary>A partition without messages has a position, too.</summary>
    public void Begin(int partitions)
    {
        lock (_gate)
        {
            for (var i = 0; i < partitions; i++)
                _positions.TryAdd(i, (0, 0));
        }
    }

    public void Read(string topic, int partition, InputRecord message)
    {
        var heartbeat = 0L;
        try
        {
            heartbeat = Apply(topic, partition, message);
        }
        catch (MessageFormatException e)
        {
            _refused.Add(topic, partition, message.Offset, e.Message);
        }

        if (topic != names.TrustDecisions)
            return;
        lock (_gate)
            _positions[partition] = (message.Offset + 1, Math.Max(heartbeat, _positions.GetValueOrDefault(partition).Heartbeat));
    }

    /// <returns>The epoch of a heartbeat; 0 for anything else.</returns>
    private long Apply(string topic, int partition, in InputRecord message)
    {
        if (message.Value is not { } value)
            throw new MessageFormatException("it deletes its key, and no decision is ever deleted");
        var check = verifier.CheckMessage(value, message.Header(HeaderNames.Dsse));
        if (check.State != SignatureState.Good)
            throw new MessageFormatException(check.Reason!);
        switch (CloudEvent.ReadType(value))
        {
            case CloudEvent.Types.Decision when topic == names.TrustDecisions:
                Decided(TrustCodec.ReadDecision(value), partition, message);
                return 0;
            case CloudEvent.Types.Heartbeat when topic == names.TrustDecisions:
                var heartbeat = TrustCodec.ReadHeartbeat(value);
                return heartbeat.Partition == partition ? heartbeat.Epoch : throw new MessageFormatException($"it is the heartbeat of partition {heartbeat.Partition}");
            case CloudEvent.Types.Recall when topic == names.Recalls:
                Recalled(TrustCodec.ReadRecall(value));
                return 0;
            case var type:
                throw new MessageFormatException($"an event of type {type} has no place there");
        }
    }

    private void Decided(Decision decision, int partition, in InputRecord message)
    {
        // A signed decision under another's key would take the other's place when the topic is compacted.
        if (Encoding.UTF8.GetString(message.Key ?? []) != decision.Key.ToString())
            throw new MessageFormatException($"its key is not that of the decision inside, which is about {decision.Key}");
        if (standings.Apply(decision))
        {
            older.Mended(decision.Key);
            observer.Decided(decision);
            effects.Follow(decision);
        }
        else if (standings.Find(decision.Key) is { } newest && newest.Epoch > decision.Epoch)
        {
            older.Add(new OlderDecision(decision.Key, partition, message.Offset));
        }
        else
        {
            older.Mended(decision.Key);
        }
    }

    /// <summary>A recall that was published twice is one: the repeat follows soon.</summary>
    private void Recalled(Recall recall)
    {
        var known = (recall.Key, recall.Epoch, recall.From, recall.To);
        if (!_recalls.Add(known))
            return;
        _recallOrder.Enqueue(known);
        if (_recallOrder.Count > RecallsRemembered)
            _recalls.Remove(_recallOrder.Dequeue());
        observer.Recalled(recall);
    }
}
