using System.Text;
using System.Text.Json;
using Assay.Contracts.Records;
using Assay.Contracts.Sources;
using Assay.Contracts.Verdicts;
using Assay.Detection;
using Assay.Grains.Sources;
using Assay.Mapping;
using Assay.Trust.Records;
using Microsoft.Extensions.Options;

namespace Assay.Cluster.Tests;

/// <summary>
/// A log whose every verdict is known: a plain fold of each source's records, without Kafka, batches, checkpoints or restarts. A record lost
/// or counted twice anywhere shows in the scores of all that follow it.
/// </summary>
/// <param name="sources">Whose the record of a number is; none for twelve sources by chance.</param>
internal sealed class KnownLog(
    string topic, int partitions, int records, int seed, DetectorSet? detectors = null, Func<Random, int, int>? sources = null)
{
    public const string Profile =
        """
        { "format": "jsonl", "dataset": "known", "kind": "ingestion", "id": "/id", "source": "/source", "identity": "/who", "label": "/y",
          "features": { "a": "/a", "b": "/b" }, "attributes": { "c": "/c" }, "text": "/text" }
        """;

    private const int Sources = 12;

    public int Records => records;

    /// <summary>Messages in the order of producing; a partition's offsets count from 0 in that order.</summary>
    public IEnumerable<(int Partition, byte[] Value)> Messages()
    {
        var random = new Random(seed);
        for (var i = 0; i < records; i++)
        {
            var source = sources?.Invoke(random, i) ?? random.Next(Sources);
            yield return (source % partitions, Encoding.UTF8.GetBytes(Line(random, i, source)));
        }
    }

    /// <summary>What must stand for each (partition, offset): the verdict, or a dead letter.</summary>
    public Dictionary<(int Partition, long Offset), Verdict> Expected() => Fold([]).ToDictionary(v => (v.Partition, v.Verdict.Offset), v => v.Verdict);

    /// <summary>The verdicts in the order of <see cref="Messages"/>.</summary>
    /// <param name="scorers">Gets what each source's fold knows in the end.</param>
    public IEnumerable<(int Partition, Verdict Verdict)> Fold(Dictionary<SourceId, SourceScorer> scorers)
    {
        var registry = Registry();
        var router = registry.CreateRouter(topic);
        var factory = Factory(registry);
        var next = new long[partitions];
        foreach (var (partition, value) in Messages())
        {
            var input = new InputRecord(next[partition]++, Time, null, value, null);
            var id = new SourceId(topic, partition, router.Route(input));
            if (!scorers.TryGetValue(id, out var scorer))
                scorers[id] = scorer = factory.Create(id);
            yield return (partition, scorer.Apply(input, VerdictKind.None));
        }
    }

    /// <summary>A state of a shard as <c>assay state show</c> has it.</summary>
    public JsonElement Describe(byte[] state)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
            SourceStateFormat.Describe(state, Factory(Registry()).CreateSections(), json);
        return JsonDocument.Parse(buffer.ToArray()).RootElement;
    }

    private ProfileRegistry Registry()
    {
        var registry = new ProfileRegistry();
        registry.Add(topic, Mapping.Profiles.Profile.Parse(Encoding.UTF8.GetBytes(Profile)));
        return registry;
    }

    private SourceScorerFactory Factory(ProfileRegistry registry)
    {
        var set = detectors ?? DetectorSet.Default;
        return new SourceScorerFactory(
            registry, set, ShardTrust.New(set), Options.Create(new SourceOptions()), Options.Create(new RecordPolicyOptions()), Options.Create(new DatasetOptions()));
    }

    /// <summary>Kafka's timestamp of every message: one moment, on which rates abstain.</summary>
    public const long Time = 1_700_000_000_000;

    private static string Line(Random random, int i, int source) => (i % 211) switch
    {
        7 => "{\"id\":\"broken",
        11 => $$"""{"id":"n{{i}}","source":"s{{source}}","who":"w{{i % 5}}","y":"x","a":"many","b":1,"c":"k","text":"t"}""",
        // The id of a record that came before, often through another source: a duplicate only where it is the same one's.
        13 => Json(random, Math.Max(0, i - Sources), source),
        _ => Json(random, i, source),
    };

    private static string Json(Random random, int id, int source) =>
        $$"""{"id":"r{{id}}","source":"s{{source}}","who":"w{{random.Next(40)}}","y":"{{random.Next(2)}}","a":{{random.NextDouble() * (random.Next(400) == 0 ? 90 : 1)}},"b":{{random.Next(50)}},"c":"k{{random.Next(6)}}","text":"note {{random.Next(1000)}}"}""";
}
