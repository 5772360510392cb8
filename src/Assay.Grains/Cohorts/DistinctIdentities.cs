using Assay.Contracts.Cohorts;
using Assay.Contracts.State;

namespace Assay.Grains.Cohorts;

/// <summary>
/// Counts distinct identities from the smallest of their hashes (k minimum values; Bar-Yossef et al. 2002, with the unbiased (k−1)/U of Beyer et al.
/// 2007): exact below k = <see cref="CohortContribution.MaxHashes"/>, above it within about 1/√k. Merging is union: repeats change nothing.
/// </summary>
internal sealed class DistinctIdentities
{
    private readonly SortedSet<ulong> _smallest = [];

    public long Count => _smallest.Count < CohortContribution.MaxHashes
        ? _smallest.Count
        : (long)Math.Min(long.MaxValue / 2, (_smallest.Count - 1) / (_smallest.Max / Math.Pow(2, 64)));

    public void Add(ReadOnlySpan<ulong> hashes)
    {
        foreach (var hash in hashes)
        {
            if (_smallest.Count == CohortContribution.MaxHashes)
            {
                if (hash >= _smallest.Max || !_smallest.Add(hash))
                    continue;
                _smallest.Remove(_smallest.Max);
            }
            else
            {
                _smallest.Add(hash);
            }
        }
    }

    public void Write(StateWriter writer) => writer.Array<ulong>(_smallest.ToArray());

    /// <exception cref="StateFormatException">More hashes than are ever kept.</exception>
    public void Read(ref StateReader reader)
    {
        var hashes = reader.Array<ulong>();
        if (hashes.Length > CohortContribution.MaxHashes)
            throw new StateFormatException($"{hashes.Length} hashes of identities; at most {CohortContribution.MaxHashes} are kept");
        _smallest.Clear();
        _smallest.UnionWith(hashes);
    }
}
