namespace Assay.Evaluation.Labels;

/// <summary>What one run came to.</summary>
public sealed class LabelOutcome
{
    public long Records { get; set; }

    /// <summary>Records that were not the attacker's after its onset.</summary>
    public long Clean { get; set; }

    public int FalseQuarantines { get; private set; }

    /// <summary>Every quarantine, in order.</summary>
    public List<LabelQuarantine> Quarantines { get; } = [];

    /// <summary>Labels that the attacker would turn in all.</summary>
    public int Flips { get; init; }

    /// <summary>Turned labels admitted before the quarantine, or in all.</summary>
    public int Leaked { get; set; }

    public bool Caught { get; private set; }

    /// <summary>The slice named when the attacker was caught.</summary>
    public string Named { get; private set; } = "";

    /// <summary>The slice named when the evidence against the caught attacker had come to A²; null where it never did.</summary>
    public string? Revised { get; set; }

    /// <summary>The slice that the last decision about the attacker names.</summary>
    public string NamedLast => Revised ?? Named;

    /// <summary>Records of the stream from the true onset to the dated one.</summary>
    public long OnsetError { get; private set; }

    /// <summary>Processor time of the run, data preparation left out.</summary>
    public TimeSpan Processor { get; set; }

    public void Quarantine(LabelQuarantine quarantine, bool attacker, long onset, long dated)
    {
        Quarantines.Add(quarantine);
        if (!attacker)
        {
            FalseQuarantines++;
            return;
        }

        Caught = true;
        Named = quarantine.Subject;
        OnsetError = dated < 0 ? quarantine.At - onset : dated - onset;
    }
}

/// <summary>A quarantine of a run.</summary>
/// <param name="At">Index of the row that led to it.</param>
/// <param name="Mass">M there.</param>
/// <param name="Subject">The slice named; empty where none is.</param>
public sealed record LabelQuarantine(string Source, long At, double Mass, string Subject);
