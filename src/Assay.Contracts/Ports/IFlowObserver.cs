using Assay.Contracts.Trust;
using Assay.Contracts.Verdicts;

namespace Assay.Contracts.Ports;

/// <summary>
/// Watches the flow of one process: the live view, the summary and the metrics. Called from several threads; must return at once and
/// never throw.
/// </summary>
public interface IFlowObserver
{
    /// <summary>Verdicts whose outputs Kafka has acknowledged, in offset order within the shard. May repeat after a restart or a seek.</summary>
    void Judged(string topic, int partition, string source, IReadOnlyList<Verdict> verdicts);

    /// <summary>
    /// Outputs of one batch are acknowledged, of a topic whose timestamps are the broker's append times; other topics are not reported, for an event
    /// time says nothing of when a record came. May repeat after a restart or a seek.
    /// </summary>
    /// <param name="oldest">Append time of the batch's first record.</param>
    /// <param name="newest">Append time of its last.</param>
    void Delivered(string topic, int partition, DateTimeOffset oldest, DateTimeOffset newest);

    /// <summary>The state of a shard was to be made durable.</summary>
    /// <param name="saved">False where the store failed or the state was not as expected: the partition is read again.</param>
    void Checkpointed(string topic, int partition, TimeSpan took, bool saved);

    /// <summary>Where the owner of a partition stands, about once a second.</summary>
    /// <param name="position">Next offset to be read.</param>
    /// <param name="committed">Next offset after everything durable and acknowledged; −1 before the first commit.</param>
    /// <param name="end">The partition's high watermark.</param>
    void Progress(string topic, int partition, long position, long committed, long end);

    /// <summary>
    /// True: the group counts this process among its members and has told it its partitions, perhaps none. False: it does so no longer. Repeats are harmless.
    /// </summary>
    void Member(bool joined);

    /// <summary>The partition went to another owner or the program stops.</summary>
    void Released(string topic, int partition);

    /// <summary>A topic was paused because its records cannot be read; the message names the failing rule and what to do.</summary>
    void TopicPaused(string topic, string rule, string message);

    /// <summary>
    /// A partition that this process owns is not read until a person has acted; the others go on. One call when it begins. It ends with
    /// <see cref="PartitionResumed"/> or <see cref="Released"/>.
    /// </summary>
    /// <param name="reason">One word: <c>retention</c>, <c>verdicts</c>, <c>offsets</c>, <c>state</c>.</param>
    /// <param name="message">What, where, and what to do.</param>
    void PartitionStopped(string topic, int partition, string reason, string message);

    /// <summary>A partition that was stopped is read again.</summary>
    void PartitionResumed(string topic, int partition);

    /// <summary>Infrastructure is failing and is being retried. One call when it starts, not one a retry.</summary>
    /// <param name="area">What fails, e.g. <c>broker</c>, <c>verdicts</c>, <c>state</c>.</param>
    void Fault(string area, string message);

    /// <summary>The area works again.</summary>
    void Recovered(string area);

    /// <summary>The standing of an identity has changed, as this process reads it from the trust topic. One call a decision.</summary>
    void Decided(Decision decision);

    /// <summary>Admitted records are taken back. One call a recall.</summary>
    void Recalled(Recall recall);

    /// <summary>Too much of a dataset's cohort is under suspicion at once: nobody is accused. One call when it starts.</summary>
    void CohortContested(string dataset);

    /// <summary>The cohort is contested no longer.</summary>
    void CohortSettled(string dataset);

    /// <summary>A decision that withholds is in effect: every live owner has passed the offset after which nothing of the subject is admitted.</summary>
    /// <param name="after">Since the decision was read from the trust topic.</param>
    void InEffect(StandingKey key, long epoch, TimeSpan after);
}
