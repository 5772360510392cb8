namespace Assay.Evaluation.Labels;

/// <summary>What one run came to.</summary>
public sealed class LabelOutcome
{
    public long Records { get; set; }

    /// <summary>Records that were not the attacker's after its onset.</summary>
    public long Clean { get; set; }

    public int FalseQuarantines { get; private set; }

    /// <summary>Labels that the attacker would turn in all.</summary>
    public int Flips { get; init; }

    /// <summary>Turned labels admitted before the quarantine, or in all.</summary>
    public int Leaked { get; set; }

    public bool Caught { get; private set; }

    /// <summary>The slice named when the attacker was caught.</summary>
    public string Named { get; private set; } = "";

    /// <summary>Records of the stream from the true onset to the dated one.</summary>
    public long OnsetError { get; private set; }

    /// <summary>Processor time of the run, data preparation left out.</summary>
    public TimeSpan Processor { get; set; }

    public void Quarantine(bool attacker, string subject, long at, long onset, long dated)
    {
        if (!attacker)
        {
            FalseQuarantines++;
            return;
        }

        Caught = true;
        Named = subject;
        OnsetError = dated < 0 ? at - onset : dated - onset;
    }
}
