namespace Assay.Contracts.Verdicts;

/// <summary>The words for verdicts and modes in messages, files, headers and settings.</summary>
public static class VerdictNames
{
    /// <exception cref="ArgumentOutOfRangeException">No verdict has been given yet, or the number is none of the enumeration.</exception>
    public static string Name(this VerdictKind kind) => kind switch
    {
        VerdictKind.Admit => "admit",
        VerdictKind.Hold => "hold",
        VerdictKind.Reject => "reject",
        VerdictKind.DeadLetter => "dead-letter",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "has no name on the wire"),
    };

    /// <exception cref="ArgumentOutOfRangeException">The number is none of the enumeration.</exception>
    public static string Name(this DatasetMode mode) => mode switch
    {
        DatasetMode.Observe => "observe",
        DatasetMode.Mark => "mark",
        DatasetMode.Enforce => "enforce",
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "has no name on the wire"),
    };

    public static bool TryParseKind(ReadOnlySpan<byte> name, out VerdictKind kind)
    {
        kind = name.SequenceEqual("admit"u8) ? VerdictKind.Admit
            : name.SequenceEqual("hold"u8) ? VerdictKind.Hold
            : name.SequenceEqual("reject"u8) ? VerdictKind.Reject
            : name.SequenceEqual("dead-letter"u8) ? VerdictKind.DeadLetter
            : VerdictKind.None;
        return kind != VerdictKind.None;
    }

    public static bool TryParseMode(string name, out DatasetMode mode)
    {
        mode = name switch { "mark" => DatasetMode.Mark, "enforce" => DatasetMode.Enforce, _ => DatasetMode.Observe };
        return mode != DatasetMode.Observe || name == "observe";
    }
}
