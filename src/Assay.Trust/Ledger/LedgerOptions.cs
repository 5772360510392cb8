using System.ComponentModel.DataAnnotations;

namespace Assay.Trust.Ledger;

/// <summary>How much an evidence ledger remembers. None of these changes the bound on false quarantines: forgetting evidence is always safe.</summary>
public sealed class LedgerOptions
{
    public const string Section = "Ledger";

    /// <summary>Identities a shard keeps evidence for; 1 to 10 million, default 100,000. Beyond it the least suspicious of a few candidates is forgotten.</summary>
    [Range(1, 10_000_000)]
    public int MaxIdentities { get; set; } = 100_000;

    /// <summary>Bytes of bet pages a shard keeps, 64 KiB to 8 GiB, default 64 MiB. Beyond it the least suspicious of a few candidates becomes compact.</summary>
    [Range(64 << 10, 8L << 30)]
    public long MaxPageBytes { get; set; } = 64L << 20;

    /// <summary>Records with evidence after which an identity gets a full ledger; 0 to 1 million, default 16. Before, it has one number.</summary>
    [Range(0, 1_000_000)]
    public int FullAfter { get; set; } = 16;

    /// <summary>An identity whose compact CUSUM reaches this gets a full ledger at once; above 1, default 8.</summary>
    [Range(1.001, 1e9)]
    public double FullAtCusum { get; set; } = 8;

    /// <summary>Highest slot number a detector may use for one identity, plus one; evidence on higher slots is not kept. 64 to 16 million, default 65,536.</summary>
    [Range(64, 1 << 24)]
    public int MaxSlots { get; set; } = 1 << 16;

    /// <summary>An identity whose M is at least this is never forgotten or made compact, unless it is quarantined; above 0, default 1,000.</summary>
    [Range(1e-6, 1e12)]
    public double ProtectedMass { get; set; } = 1000;
}
