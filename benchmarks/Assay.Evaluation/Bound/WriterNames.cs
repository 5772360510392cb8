using System.Globalization;

namespace Assay.Evaluation.Bound;

/// <summary>Names of simulated writers, made once.</summary>
internal static class WriterNames
{
    private static readonly string[] Names = [.. Enumerable.Range(0, 1000).Select(w => string.Create(CultureInfo.InvariantCulture, $"w{w}"))];

    public static string Of(int writer) => Names[writer];
}
