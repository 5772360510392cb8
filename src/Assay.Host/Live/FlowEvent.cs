namespace Assay.Host.Live;

public enum FlowEventKind
{
    /// <summary>An identity is held for a reason for the first time.</summary>
    Hold,

    /// <summary>An identity is rejected for a reason for the first time.</summary>
    Reject,

    /// <summary>A dead-letter rule strikes on a topic for the first time.</summary>
    DeadLetter,

    Pause,
    Fault,
    Recovery,
}

/// <summary>Something that a person may want to hear of once.</summary>
/// <param name="Sequence">Rises by one from event to event, from 1.</param>
/// <param name="Topic">Empty for faults and recoveries, as <paramref name="Source"/> and <paramref name="Identity"/> are where they say
/// nothing.</param>
/// <param name="Subject">The rule of a dead letter or pause, the area of a fault; empty for verdicts.</param>
public sealed record FlowEvent(
    long Sequence, FlowEventKind Kind, string Topic, string Source, string Identity, string Subject, string Message);
