using System.Globalization;
using System.Text.Json;
using Assay.Contracts.Wire;

namespace Assay.Contracts.Trust;

/// <summary>
/// Decisions, recalls and heartbeats on Kafka: structured CloudEvents as <c>docs/schemas/</c> says. Reading passes over fields it
/// does not know; a standing that it does not know is refused, since the reader could only guess what to do.
/// </summary>
public static class TrustCodec
{
    private const string EventSource = "/assay/trust";

    public static byte[] Write(Decision decision) => WireJson.WriteEvent(
        CloudEvent.Types.Decision, EventSource, EventId(decision.Key, decision.Epoch), decision, WireJson.Default.Decision);

    public static byte[] Write(Recall recall) => WireJson.WriteEvent(
        CloudEvent.Types.Recall, EventSource, EventId(recall), recall, WireJson.Default.Recall);

    public static byte[] Write(TrustHeartbeat heartbeat) => WireJson.WriteEvent(
        CloudEvent.Types.Heartbeat,
        EventSource,
        string.Create(CultureInfo.InvariantCulture, $"{heartbeat.Partition}/{heartbeat.Epoch}"),
        heartbeat,
        WireJson.Default.TrustHeartbeat);

    /// <summary>Writes the decision as a JSON object, as a line of <c>decisions.jsonl</c> has it.</summary>
    public static void WriteData(Utf8JsonWriter json, Decision decision) => JsonSerializer.Serialize(json, decision, WireJson.Default.Decision);

    /// <summary>Writes the recall as a JSON object, as a line of <c>recalls.jsonl</c> has it.</summary>
    public static void WriteData(Utf8JsonWriter json, Recall recall) => JsonSerializer.Serialize(json, recall, WireJson.Default.Recall);

    /// <exception cref="MessageFormatException">Not a decision of this major version; the text names the field.</exception>
    public static Decision ReadDecision(ReadOnlySpan<byte> message)
    {
        var decision = WireJson.ReadEvent(message, CloudEvent.Types.Decision, WireJson.Default.Decision);
        if (decision.Identity.Length == 0)
            throw new MessageFormatException("the decision's identity is empty");
        if (decision.Epoch < 1)
            throw new MessageFormatException($"the decision's epoch is {decision.Epoch}; epochs count from 1");
        return decision;
    }

    /// <exception cref="MessageFormatException">Not a recall of this major version; the text names the field.</exception>
    public static Recall ReadRecall(ReadOnlySpan<byte> message)
    {
        var recall = WireJson.ReadEvent(message, CloudEvent.Types.Recall, WireJson.Default.Recall);
        if (recall.Ranges.FirstOrDefault(r => r.From < 0 || r.To < r.From) is { Topic: not null } bad)
            throw new MessageFormatException($"the recall's range {bad.Topic}/{bad.Partition} runs from {bad.From} to {bad.To}");
        return recall;
    }

    /// <exception cref="MessageFormatException">Not a heartbeat of this major version; the text names the field.</exception>
    public static TrustHeartbeat ReadHeartbeat(ReadOnlySpan<byte> message) =>
        WireJson.ReadEvent(message, CloudEvent.Types.Heartbeat, WireJson.Default.TrustHeartbeat);

    /// <summary>A decision may be followed by several recalls, each of which ends elsewhere.</summary>
    private static string EventId(Recall recall)
    {
        var id = EventId(recall.Key, recall.Epoch);
        return recall.Ranges is [var first, ..]
            ? string.Create(CultureInfo.InvariantCulture, $"{id}/{first.Topic}/{first.Partition}/{first.To}")
            : id;
    }

    private static string EventId(StandingKey key, long epoch) => string.Create(CultureInfo.InvariantCulture, $"{key}/{epoch}");
}
