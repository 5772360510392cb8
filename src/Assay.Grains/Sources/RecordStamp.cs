namespace Assay.Grains.Sources;

/// <summary>
/// Offset of a record and the number of its writer's admitted records before it, in one number for the ledger: what is dated back can be told
/// from what is current, for up to 2^39 offsets and 2^24 admitted records in between.
/// </summary>
internal static class RecordStamp
{
    private const int AdmittedBits = 24;
    private const long AdmittedMask = (1L << AdmittedBits) - 1;
    private const long OffsetMask = (1L << (63 - AdmittedBits)) - 1;

    public static long Of(long offset, long admitted) => ((offset & OffsetMask) << AdmittedBits) | (admitted & AdmittedMask);

    /// <summary>The offset of the stamped record, at or before the current one.</summary>
    public static long Offset(long stamp, long current) => current - ((current - (stamp >> AdmittedBits)) & OffsetMask);

    /// <summary>Admitted records of the writer from the stamped record on.</summary>
    /// <param name="admitted">Of the writer, up to now.</param>
    public static long AdmittedSince(long stamp, long admitted) => (admitted - stamp) & AdmittedMask;
}
