using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Assay.Kafka.Ingress;

/// <summary>
/// Switches of a whole process, for tests that run <c>assay</c> as it is shipped. <c>ASSAY_FAILPOINT=after-produce:7</c> kills it (SIGKILL) at the seventh
/// passage of that gap, <c>after-produce:7:stop</c> stops it there (SIGSTOP) until it is told to go on; <c>ASSAY_SWITCHES=ignore-gaps,skip-read-back,keep-grains</c> takes safeguards out.
/// </summary>
internal static partial class ProcessSwitches
{
    public const string FailpointVariable = "ASSAY_FAILPOINT";
    public const string SwitchesVariable = "ASSAY_SWITCHES";
    private const string Halt = "stop";
    private const int SigStop = 19;
    private static readonly string[] Known = ["ignore-gaps", "skip-read-back", "keep-grains"];

    /// <param name="variable">Value of an environment variable; null where it is not set.</param>
    /// <exception cref="ArgumentException">A value that cannot be understood: a test that ran on would prove nothing.</exception>
    public static IngressSwitches Read(Func<string, string?> variable)
    {
        var names = variable(SwitchesVariable)?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (names.FirstOrDefault(n => !Known.Contains(n)) is { } unknown)
            throw new ArgumentException($"{SwitchesVariable}: '{unknown}' is none of {string.Join(", ", Known)}.");
        return new IngressSwitches
        {
            IgnoreGaps = names.Contains(Known[0]),
            SkipReadBack = names.Contains(Known[1]),
            KeepGrains = names.Contains(Known[2]),
            Passing = variable(FailpointVariable) is { Length: > 0 } point ? Death(point) : null,
        };
    }

    /// <summary>after-produce for <see cref="Failpoint.AfterProduce"/>.</summary>
    public static string Name(Failpoint point) =>
        string.Concat(point.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? $"-{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));

    private static Action<Failpoint> Death(string text)
    {
        var parts = text.Split(':');
        var point = Array.Find(Enum.GetValues<Failpoint>(), p => Name(p) == parts[0]);
        var passages = 0;
        var halts = parts.Length == 3 && parts[2] == Halt;
        if ((parts.Length != 2 && !halts) || Name(point) != parts[0] || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out passages)
            || passages == 0)
        {
            var gaps = string.Join(", ", Enum.GetValues<Failpoint>().Select(Name));
            throw new ArgumentException($"{FailpointVariable}: '{text}' is not GAP:N or GAP:N:{Halt} with one of {gaps} and N from 1.");
        }

        return passed =>
        {
            if (passed != point || Interlocked.Decrement(ref passages) != 0)
                return;
            if (halts)
                _ = Signal(Environment.ProcessId, SigStop);
            else
                Process.GetCurrentProcess().Kill();
        };
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
