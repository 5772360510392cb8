using System.Globalization;
using Assay.Contracts.Verdicts;

namespace Assay.Host.Live;

/// <summary>How numbers and verdicts read in the views.</summary>
internal static class Words
{
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Rate(double perSecond) => perSecond.ToString("N0", CultureInfo.InvariantCulture);

    public static string Score(double score) => score.ToString("0.0", CultureInfo.InvariantCulture);

    public static string Share(long part, long whole) =>
        whole == 0 ? "–" : (100.0 * part / whole).ToString("0.00", CultureInfo.InvariantCulture) + " %";

    /// <summary><c>mm:ss</c>, with hours in front from one hour on.</summary>
    public static string Clock(TimeSpan span) => span.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(long)span.TotalHours}:{span.Minutes:D2}:{span.Seconds:D2}")
        : string.Create(CultureInfo.InvariantCulture, $"{span.Minutes:D2}:{span.Seconds:D2}");

    /// <summary>Seconds with one digit behind the point, e.g. <c>0.2 s</c>.</summary>
    public static string Seconds(TimeSpan span) => span.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s";

    public static string Verdict(VerdictKind kind) => kind == VerdictKind.None ? "–" : kind.Name();
}
