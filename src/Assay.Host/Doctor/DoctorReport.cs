using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Kafka.Checks;

namespace Assay.Host.Doctor;

/// <summary>Checks as a table, or as JSON lines.</summary>
internal static class DoctorReport
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    public static void Write(TextWriter output, IReadOnlyList<Check> checks, bool json)
    {
        if (json)
        {
            foreach (var check in checks)
                output.WriteLine(JsonSerializer.Serialize(check, Json));
            return;
        }

        var area = checks.Max(c => c.Area.Length);
        var name = checks.Max(c => c.Name.Length);
        foreach (var check in checks)
        {
            output.WriteLine($"{Word(check.Status),-4}  {check.Area.PadRight(area)}  {check.Name.PadRight(name)}  {check.Found}");
            if (check.Remedy.Length > 0)
                output.WriteLine($"      {new string(' ', area)}  → {check.Remedy}");
        }

        output.WriteLine($"{checks.Count(c => c.Status == CheckStatus.Fail)} failed, {checks.Count(c => c.Status == CheckStatus.Warn)} warnings, {checks.Count(c => c.Status == CheckStatus.Ok)} good.");
    }

    private static string Word(CheckStatus status) => status switch
    {
        CheckStatus.Ok => "ok",
        CheckStatus.Warn => "warn",
        _ => "FAIL",
    };
}
