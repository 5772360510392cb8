using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Assay.Detection.Reference;

/// <summary>
/// The random part of p-values with ties: a number from a hash of the record's id under a key, so that a replay draws the same and a writer,
/// who does not know the key, cannot choose it.
/// </summary>
public static class KeyedUniform
{
    /// <param name="key">Secret of the deployment.</param>
    /// <returns>In (0, 1].</returns>
    public static double Of(long key, ReadOnlySpan<char> recordId) =>
        ((XxHash3.HashToUInt64(MemoryMarshal.AsBytes(recordId), key) >> 11) + 1) * (1.0 / (1UL << 53));
}
