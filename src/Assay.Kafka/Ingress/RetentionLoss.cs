namespace Assay.Kafka.Ingress;

/// <summary>
/// Offsets that retention has deleted before they were judged and committed. Some of them may have been no records (marks of transactions, or what compaction
/// had removed), and some may have a verdict whose effect on the state is lost.
/// </summary>
/// <param name="From">The first.</param>
/// <param name="To">After the last: the oldest offset that Kafka holds.</param>
public readonly record struct RetentionLoss(long From, long To)
{
    /// <summary>At most so many records.</summary>
    public long Records => To - From;

    /// <param name="judged">Next to judge; −1 where nothing ever was, and a start anywhere is none too late.</param>
    /// <param name="low">The oldest offset that Kafka holds.</param>
    /// <returns>Null where nothing was lost.</returns>
    public static RetentionLoss? Between(long judged, long low) => judged >= 0 && low > judged ? new RetentionLoss(judged, low) : null;

    /// <summary>True where a person has accepted that what was deleted below an offset is lost.</summary>
    public bool AcceptedBy(long below) => below > From;

    internal string Message(string topic, int partition) => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"{topic}/{partition}: retention has deleted up to {Records} records, offsets {From} to {To - 1}, before they were judged and committed. The partition is not read "
        + $"on, and nothing is reset. Raise the topic's retention and mend the cause of the lag; then 'assay accept-loss {topic}/{partition}' goes on with "
        + $"what Kafka still holds.");
}
