using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Assay.Host.Verifying;

/// <summary>What a verification has found so far. Each failure is told at once and kept, up to a bound, for the report.</summary>
/// <param name="told">Takes a line for a person.</param>
internal sealed class VerifyTally(Action<string> told)
{
    public const int MaxKept = 10_000;
    private readonly List<Failure> _failures = [];

    public long Good { get; private set; }

    public long Bad { get; private set; }

    public long Unsigned { get; private set; }

    public bool AllGood => Bad + Unsigned == 0;

    public void AddGood() => Good++;

    /// <param name="at">Where it lies: <c>topic/partition/offset</c> or <c>file:line</c>.</param>
    public void AddBad(string at, string reason)
    {
        Bad++;
        Add(new Failure(at, "bad", reason));
    }

    /// <inheritdoc cref="AddBad"/>
    public void AddUnsigned(string at, string reason)
    {
        Unsigned++;
        Add(new Failure(at, "unsigned", reason));
    }

    public string ToSentence(string target) => Good + Bad + Unsigned == 0
        ? $"{target} holds nothing: nothing was verified."
        : $"{target}: {Good} good, {Bad} bad, {Unsigned} unsigned.";

    /// <summary><c>{target, good, bad, unsigned, failures: [{at, problem, reason}]}</c>, at most <see cref="MaxKept"/> failures.</summary>
    public string ToJson(string target)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            Write(json, target);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private void Write(Utf8JsonWriter json, string target)
    {
        json.WriteStartObject();
        json.WriteString("target", target);
        json.WriteNumber("good", Good);
        json.WriteNumber("bad", Bad);
        json.WriteNumber("unsigned", Unsigned);
        json.WriteStartArray("failures");
        foreach (var failure in _failures)
        {
            json.WriteStartObject();
            json.WriteString("at", failure.At);
            json.WriteString("problem", failure.Problem);
            json.WriteString("reason", failure.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void Add(Failure failure)
    {
        if (_failures.Count >= MaxKept)
            return;
        _failures.Add(failure);
        told($"{failure.Problem}  {failure.At}  {failure.Reason}");
        if (_failures.Count == MaxKept)
            told($"Only the first {MaxKept} are named; the rest is counted.");
    }

    private sealed record Failure(string At, string Problem, string Reason);
}
