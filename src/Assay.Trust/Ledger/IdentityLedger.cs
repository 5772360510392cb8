using Assay.Contracts.Evidence;
using Assay.Contracts.State;

namespace Assay.Trust.Ledger;

/// <summary>
/// The evidence against one identity in one shard. Compact: one e-detector of the averaged e-values. Full: also one bet a detector and slot.
/// Whatever the form, a record hands out at most γ of start mass over all bets, so the expectation of <see cref="Mass"/> on clean records is
/// at most the sum of their γ (DETECTION §3, both families).
/// </summary>
internal sealed class IdentityLedger(string identity, int detectors)
{
    /// <summary>Object, dictionary entry and key of a compact ledger, about.</summary>
    public const int CompactBytes = 160;

    // The averaged e-value may stay next to 1, and a bet that bets nothing would grow by its start mass alone until it reached any
    // threshold. Shrinking an e-value keeps it one; the mass of such a bet then stays below 1,000.
    private const double Patience = 0.999;

    private Bet _averaged;
    private BetTable[]? _tables;

    public string Identity { get; } = identity;

    /// <summary>Records of the identity, with evidence or without.</summary>
    public long Records { get; private set; }

    /// <summary>Records with at least one e-value since the ledger began or was made compact.</summary>
    public long Informative { get; private set; }

    public bool IsFull => _tables is not null;

    public double Mass { get; private set; }

    public double AveragedCusum => _averaged.Cusum;

    public long PageBytes { get; private set; }

    public void Observe(ReadOnlySpan<Finding> findings, double gamma, long place, int maxSlots)
    {
        Records++;
        var speaking = 0;
        foreach (var finding in findings)
            speaking += finding.Count > 0 ? 1 : 0;
        if (speaking == 0)
            return;
        Informative++;

        // Which detectors speak is known before the label or value they bet on, so the shares are fixed in advance of the e-values.
        var averagedShare = !IsFull ? 1.0 : speaking > 1 ? 0.5 : 0.0;
        if (averagedShare > 0 || _averaged.Mass > 0)
            _averaged.Observe(Patience * Average(findings, speaking), gamma * averagedShare, place);
        var mass = (double)_averaged.Mass;
        if (_tables is { } tables)
        {
            var share = gamma * (1 - averagedShare) / speaking;
            var pages = 0;
            for (var d = 0; d < tables.Length; d++)
            {
                if (findings[d].Count > 0)
                    tables[d].Observe(findings[d].Evidence, share, place, maxSlots);
                mass += tables[d].Mass;
                pages += tables[d].Pages;
            }

            PageBytes = (long)pages * BetTable.PageBytes;
        }

        Mass = mass;
    }

    public void MakeFull()
    {
        _tables = new BetTable[detectors];
        for (var d = 0; d < detectors; d++)
            _tables[d] = new BetTable();
    }

    /// <summary>Forgets the bets and keeps their mass in the averaged one: M stays, and with it the bound. It takes new records to become full again.</summary>
    public void MakeCompact()
    {
        Informative = 0;
        _averaged.Mass = (float)Mass;
        _tables = null;
        PageBytes = 0;
    }

    /// <summary>Forgets what was bet on a detector's slots, as when the detector forgets what they stood for.</summary>
    public void Forget(int detector)
    {
        if (_tables is not { } tables)
            return;
        Mass -= tables[detector].Mass;
        tables[detector] = new BetTable();
    }

    public Assessment Assess(ReadOnlySpan<LedgerDetector> detectors)
    {
        var found = new Assessment(Mass, Records, -1, -1, _averaged.Mass > 0 ? _averaged.Onset : -1);
        var heaviest = (double)_averaged.Mass;
        for (var d = 0; d < (_tables?.Length ?? 0); d++)
        {
            if (!(_tables![d].Mass > heaviest))
                continue;
            heaviest = _tables[d].Mass;
            var detector = detectors[d];
            var (slot, onset) = _tables[d].Best(detector.SubjectSlots, s => detector.Preference?.Invoke(Identity, s) ?? 0);
            found = found with { Detector = d, Slot = slot, Onset = onset };
        }

        return found;
    }

    public void Write(StateWriter writer)
    {
        writer.Varint((ulong)Records);
        writer.Varint((ulong)Informative);
        writer.Single(_averaged.Mass);
        writer.Single(_averaged.Cusum);
        writer.Int64(_averaged.Onset);
        writer.Bool(IsFull);
        foreach (var table in _tables ?? [])
            table.Write(writer);
    }

    public void Read(ref StateReader reader, int maxSlots)
    {
        Records = (long)reader.Varint();
        Informative = (long)reader.Varint();
        _averaged = new Bet { Mass = reader.Single(), Cusum = reader.Single(), Onset = reader.Int64() };
        if (!(_averaged.Mass >= 0))
            throw new StateFormatException($"evidence of mass {_averaged.Mass} for '{Identity}'");
        Mass = _averaged.Mass;
        if (!reader.Bool())
            return;
        MakeFull();
        foreach (var table in _tables!)
        {
            table.Read(ref reader, maxSlots);
            Mass += table.Mass;
            PageBytes += (long)table.Pages * BetTable.PageBytes;
        }
    }

    /// <summary>Mean over the speaking detectors of each one's weighted mean e-value; what a detector's weights leave over counts as 1.</summary>
    private static double Average(ReadOnlySpan<Finding> findings, int speaking)
    {
        var sum = 0.0;
        foreach (var finding in findings)
        {
            if (finding.Count == 0)
                continue;
            var rest = 1.0;
            foreach (ref readonly var e in finding.Evidence)
            {
                sum += e.Weight * e.Value;
                rest -= e.Weight;
            }

            sum += Math.Max(0, rest);
        }

        return sum / speaking;
    }
}
