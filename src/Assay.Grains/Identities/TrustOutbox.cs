using System.Text.Json;
using Assay.Contracts.State;
using Assay.Contracts.Trust;
using Assay.Contracts.Wire;

namespace Assay.Grains.Identities;

/// <summary>
/// The latest decision about an identity, and what Kafka may not have acknowledged yet, in order. Kept as the very events that are published, so that
/// what is published again is equal to the byte.
/// </summary>
internal sealed class TrustOutbox : IStateSection
{
    private readonly Queue<TrustMessage> _waiting = new();

    /// <summary>Null before the first decision.</summary>
    public Decision? Latest { get; private set; }

    public int StateVersion => 1;

    /// <summary>The message to publish next; null where all are acknowledged.</summary>
    public TrustMessage? Next => _waiting.TryPeek(out var message) ? message : null;

    public void Add(Decision decision)
    {
        Latest = decision;
        _waiting.Enqueue(new TrustMessage.OfDecision(decision));
    }

    public void Add(Recall recall) => _waiting.Enqueue(new TrustMessage.OfRecall(recall));

    /// <summary>Takes over a decision that has been published before.</summary>
    public void Adopt(Decision decision)
    {
        _waiting.Clear();
        Latest = decision;
    }

    /// <summary>Kafka has acknowledged <see cref="Next"/>.</summary>
    public void Acknowledged() => _waiting.Dequeue();

    public void Write(StateWriter writer)
    {
        writer.Bool(Latest is not null);
        if (Latest is not null)
            writer.Bytes(TrustCodec.Write(Latest));
        writer.Varint((ulong)_waiting.Count);
        foreach (var message in _waiting)
        {
            writer.Bool(message is TrustMessage.OfRecall);
            writer.Bytes(message switch
            {
                TrustMessage.OfRecall { Recall: var recall } => TrustCodec.Write(recall),
                TrustMessage.OfDecision { Decision: var decision } => TrustCodec.Write(decision),
                _ => throw new InvalidOperationException($"{message.GetType().Name} has no form in the state."),
            });
        }
    }

    public void Read(ref StateReader reader, int version)
    {
        if (version != 1)
            throw new StateFormatException($"outbox of version {version}; this program reads version 1");
        _waiting.Clear();
        try
        {
            Latest = reader.Bool() ? TrustCodec.ReadDecision(reader.Bytes()) : null;
            for (var n = reader.Length(2); n > 0; n--)
            {
                _waiting.Enqueue(reader.Bool()
                    ? new TrustMessage.OfRecall(TrustCodec.ReadRecall(reader.Bytes()))
                    : new TrustMessage.OfDecision(TrustCodec.ReadDecision(reader.Bytes())));
            }
        }
        catch (MessageFormatException e)
        {
            throw new StateFormatException(e.Message, e);
        }
    }

    public void Describe(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("waiting", _waiting.Count);
        json.WritePropertyName("latest");
        if (Latest is null)
            json.WriteNullValue();
        else
            TrustCodec.WriteData(json, Latest);
        json.WriteEndObject();
    }
}
