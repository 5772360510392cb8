using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Host.Tests.EndToEnd;

/// <summary>The files that a replay wrote.</summary>
internal sealed class ReplayedFiles(string folder)
{
    private static readonly string[] Timings = ["seconds", "records_per_second"];

    public JsonElement Summary => Lines("summary.json").Single();

    public List<JsonElement> Verdicts => Lines("verdicts.jsonl");

    public List<JsonElement> DeadLetters => Lines("dead-letters.jsonl");

    public List<JsonElement> Truth => Lines("truth.jsonl");

    public long Count(string name) => Summary.GetProperty(name).GetInt64();

    /// <summary>Every row once and in order, and all files in agreement about how many of each kind there are.</summary>
    /// <param name="lines">Line numbers of the rows in the input, in order.</param>
    public void AssertComplete(IEnumerable<long> lines)
    {
        var counts = new Dictionary<string, long>();
        using var expected = lines.GetEnumerator();
        var records = 0L;
        foreach (var verdict in Read("verdicts.jsonl"))
        {
            Assert.True(expected.MoveNext(), $"more than {records} verdicts");
            Assert.Equal(expected.Current, verdict.GetProperty("line").GetInt64());
            var kind = verdict.GetProperty("verdict").GetString()!;
            counts[kind] = counts.GetValueOrDefault(kind) + 1;
            records++;
        }

        Assert.False(expected.MoveNext(), $"only {records} verdicts");
        Assert.Equal(records, Count("records"));
        Assert.Equal(counts.GetValueOrDefault("admit"), Count("admitted"));
        Assert.Equal(counts.GetValueOrDefault("hold"), Count("held"));
        Assert.Equal(counts.GetValueOrDefault("reject"), Count("rejected"));
        Assert.Equal(counts.GetValueOrDefault("dead-letter"), Count("dead_letters"));
        Assert.Equal(Count("dead_letters"), Read("dead-letters.jsonl").LongCount());
    }

    /// <summary>The same bytes in all files, but for the timings of the summary.</summary>
    public void AssertSame(ReplayedFiles other)
    {
        Assert.Equal(Names(), other.Names());
        foreach (var name in Names().Where(name => name != "summary.json"))
            Assert.True(File.ReadAllBytes(At(name)).AsSpan().SequenceEqual(File.ReadAllBytes(other.At(name))), name);
        Assert.Equal(Timeless(), other.Timeless());
    }

    private string[] Names() => [.. Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)!];

    private string Timeless()
    {
        var summary = JsonNode.Parse(File.ReadAllText(At("summary.json")))!.AsObject();
        foreach (var name in Timings)
            Assert.True(summary.Remove(name), name);
        return summary.ToJsonString();
    }

    private List<JsonElement> Lines(string name) => [.. Read(name)];

    private IEnumerable<JsonElement> Read(string name) => File.ReadLines(At(name)).Select(line => JsonSerializer.Deserialize<JsonElement>(line));

    private string At(string name) => Path.Combine(folder, name);
}
