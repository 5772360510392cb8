using System.Text;
using System.Text.Json;
using Assay.Host.Traffic;

namespace Assay.Host.Tests.Traffic;

/// <summary>A generated message read by the CloudEvents specification alone, without Assay's own reader.</summary>
internal sealed record GeneratedEvent(bool Structured, string SpecVersion, string Id, string Source, DateTimeOffset Time, JsonElement Data)
{
    public static GeneratedEvent Read(in TrafficMessage message)
    {
        var headers = message.Headers.ToDictionary(h => h.Key, h => Encoding.UTF8.GetString(h.Value!));
        var root = JsonDocument.Parse(message.Value).RootElement;
        if (headers["content-type"].StartsWith("application/cloudevents+json", StringComparison.Ordinal))
        {
            return new GeneratedEvent(
                true, root.GetProperty("specversion").GetString()!, root.GetProperty("id").GetString()!,
                root.GetProperty("source").GetString()!, root.GetProperty("time").GetDateTimeOffset(), root.GetProperty("data"));
        }

        return new GeneratedEvent(
            false, headers["ce_specversion"], headers["ce_id"], headers["ce_source"],
            DateTimeOffset.Parse(headers["ce_time"], null, System.Globalization.DateTimeStyles.AssumeUniversal), root);
    }

    /// <summary>Name of the property that holds the writer.</summary>
    public static string IdentityOf(string topic) => topic switch
    {
        TrafficTopics.Transactions => "written_by",
        TrafficTopics.Documents => "crawler",
        TrafficTopics.Labels => "annotator",
        _ => "agent",
    };
}
