using Assay.Contracts.Verdicts;

namespace Assay.Contracts.Evidence;

/// <summary>
/// What one detector says of one record. Reused for record after record: <see cref="Clear"/> first, read before the next.
/// </summary>
public sealed class Finding
{
    private EValue[] _values = new EValue[8];

    /// <summary>
    /// About −log10 of the share of clean records that look at least as odd; 0 or more, finite. 0 where the detector has nothing to say of the record.
    /// </summary>
    public double Score { get; set; }

    /// <summary>A certain sign (hidden Unicode, digest mismatch, duplicate id): the rule's permanent id; null for statistics.</summary>
    public string? Rule { get; set; }

    /// <summary>What the rule asks for: <see cref="VerdictKind.Hold"/> or <see cref="VerdictKind.Reject"/>. Meaningful with <see cref="Rule"/> only.</summary>
    public VerdictKind RuleVerdict { get; set; }

    /// <summary>The rule quarantines the writer by itself. Meaningful with <see cref="Rule"/> only.</summary>
    public bool Accuses { get; set; }

    /// <summary>E-values of this record, each for a slot of the detector (a slice, a token, a rate); a slot that the record does not touch is absent.</summary>
    public ReadOnlySpan<EValue> Evidence => _values.AsSpan(0, Count);

    public int Count { get; private set; }

    /// <param name="slot">Number of the bet within the detector, stable as long as the detector's state lives.</param>
    /// <param name="value">An e-value: 0 or more, mean at most 1 on clean records given the past.</param>
    /// <param name="weight">Share of the detector's start mass that the slot receives at this record; at most 1 in sum over a record.</param>
    public void Add(int slot, double value, double weight)
    {
        if (Count == _values.Length)
            Array.Resize(ref _values, Count * 2);
        _values[Count++] = new EValue(slot, value, weight);
    }

    public void Certain(string rule, VerdictKind verdict)
    {
        Rule = rule;
        RuleVerdict = verdict;
    }

    public void Clear()
    {
        Score = 0;
        Rule = null;
        RuleVerdict = VerdictKind.None;
        Accuses = false;
        Count = 0;
    }
}

/// <summary>One factor of an e-process (DETECTION §3: R ← (R + γ)·e).</summary>
public readonly record struct EValue(int Slot, double Value, double Weight);
