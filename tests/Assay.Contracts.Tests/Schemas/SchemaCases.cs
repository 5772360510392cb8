using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Contracts.Records;
using Assay.Contracts.Signing;
using Assay.Contracts.Tests.Signing;
using Assay.Contracts.Topics;
using Assay.Contracts.Trust;
using Assay.Contracts.Verdicts;

namespace Assay.Contracts.Tests.Schemas;

/// <summary>One message or line for each published schema; what Assay writes itself comes from the codecs.</summary>
internal static class SchemaCases
{
    public static JsonNode Of(string schema) => schema switch
    {
        "cloudevent.v1.json" => Parse(TrustCodec.Write(Samples.Heartbeat())),
        "verdict.v1.json" => Verdict(),
        "decision.v1.json" => Parse(TrustCodec.Write(Samples.Decision())),
        "recall.v1.json" => Parse(TrustCodec.Write(Samples.Recall())),
        "heartbeat.v1.json" => Parse(TrustCodec.Write(Samples.Heartbeat())),
        "held-headers.v1.json" => Held(),
        "dead-letter-headers.v1.json" => DeadLetter(),
        "signature-header.v1.json" => Parse(SignedMessage.Of(Samples.Heartbeat(), new PlainSigner()).Signature),
        "replay-decisions.v1.json" => Data(json => TrustCodec.WriteData(json, Samples.Decision())),
        "replay-recalls.v1.json" => Data(json => TrustCodec.WriteData(json, Samples.Recall())),
        _ => JsonNode.Parse(Text[schema])!,
    };

    /// <summary>What comes from elsewhere, or is written by the replay's own file writers.</summary>
    private static readonly Dictionary<string, string> Text = new()
    {
        ["record.v1.json"] =
            """
            {"identity":"svc-labels","owner":"team-x","dataset":"fraud","label":">50K",
             "text":"hello","embedding":[0.1,-2],"target":"item-7","value":4,"tool":"search","reward":0.5,"features":{"age":39},
             "attributes":{"region":"north"},"provenance":{"sha256":"9f86d0"}}
            """,
        ["replay-verdicts.v1.json"] =
            """
            {"id":"r-1","file":"adult.csv","line":2,"source":"source-0","identity":"id-3","dataset":"adult","verdict":"admit","score":0.31,
             "scores":{"density":0.31},"reasons":[]}
            """,
        ["replay-identities.v1.json"] =
            """{"identity":"id-3","standing":"trusted","suspicion":0.2,"records":10,"admitted":9,"held":1,"rejected":0,"recalled":0}""",
        ["replay-truth.v1.json"] = """{"id":"r-1","line":2,"poisoned":true,"attack":"flip"}""",
        ["replay-summary.v1.json"] =
            """
            {"records":10,"admitted":8,"held":1,"rejected":0,"dead_letters":1,"recalled":0,"quarantined":["id-3"],"contested":["id-4"],"contested_datasets":["adult"],
             "clean_records_per_false_quarantine":200000,
             "memory_caps":{"identities_forgotten":0,"ledgers_forgotten":0,"ledgers_compacted":0,"records_not_monitored":0},"seconds":0.5,"records_per_second":20,"seed":1,"settings":{},"version":"0.1.0",
             "attack":{"injected":5,"admitted":2,"left":0,"clean_held":0,"detected_after":3,"onset_error":-1}}
            """,
        ["replay-dead-letters.v1.json"] =
            """{"file":"adult.csv","line":7,"stage":"decode","reason":"expected 15 columns, found 3","raw":"1,2,3","encoding":"base64"}""",
    };

    private static JsonNode Verdict()
    {
        var output = new ArrayBufferWriter<byte>();
        VerdictCodec.Write(output, "ingest", 3, "vendor/a", Samples.Verdict());
        return Parse(output.WrittenSpan);
    }

    private static JsonObject Held()
    {
        var headers = new List<RecordHeader>();
        ReasonHeaders.AddVerdict((n, v) => headers.Add(new(n, v)), "ingest", 3, Samples.Verdict());
        ReasonHeaders.AddOrigin((n, v) => headers.Add(new(n, v)), "ingest", 3, 42, 1_700_000_000_000);
        return Decoded(headers);
    }

    private static JsonObject DeadLetter()
    {
        var headers = new List<RecordHeader>();
        ReasonHeaders.AddOrigin((n, v) => headers.Add(new(n, v)), "ingest", 3, 42, 1_700_000_000_000);
        ReasonHeaders.AddFailure((n, v) => headers.Add(new(n, v)), new ReadFailure(ReadFailure.Stages.Map, "features/age", "'old' is no number"));
        return Decoded(headers);
    }

    private static JsonObject Decoded(List<RecordHeader> headers)
    {
        var decoded = new JsonObject();
        foreach (var group in headers.GroupBy(h => h.Key))
        {
            var value = group.First().Value!;
            decoded[group.Key] = group.Key switch
            {
                HeaderNames.Reason => new JsonArray([.. group.Select(h => JsonValue.Create(Encoding.UTF8.GetString(h.Value!)))]),
                HeaderNames.Spring.Partition => BinaryPrimitives.ReadInt32BigEndian(value),
                HeaderNames.Spring.Offset or HeaderNames.Spring.Timestamp => BinaryPrimitives.ReadInt64BigEndian(value),
                _ => Encoding.UTF8.GetString(value),
            };
        }

        return decoded;
    }

    private static JsonNode Data(Action<Utf8JsonWriter> write)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output))
            write(json);
        return Parse(output.WrittenSpan);
    }

    private static JsonNode Parse(ReadOnlySpan<byte> utf8) => JsonNode.Parse(utf8)!;
}
