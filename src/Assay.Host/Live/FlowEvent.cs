namespace Assay.Host.Live;

public enum FlowEventKind
{
    /// <summary>An identity is held for a reason for the first time.</summary>
    Hold,

    /// <summary>An identity is rejected for a reason for the first time.</summary>
    Reject,

    /// <summary>A dead-letter rule strikes on a topic for the first time.</summary>
    DeadLetter,

    /// <summary>An identity's records are withheld from now on, or no longer.</summary>
    Standing,

    /// <summary>An identity is watched.</summary>
    Watch,

    /// <summary>Admitted records are taken back.</summary>
    Recall,

    /// <summary>A cohort is contested.</summary>
    Contested,

    /// <summary>A cohort is contested no longer.</summary>
    Settled,

    Pause,
    Fault,
    Recovery,
}

/// <summary>Something that a person may want to hear of once.</summary>
/// <param name="Sequence">Rises by one from event to event, from 1.</param>
/// <param name="Topic">Empty for faults and recoveries, as <paramref name="Source"/> and <paramref name="Identity"/> are where they say
/// nothing.</param>
/// <param name="Subject">The rule of a dead letter or pause, the area of a fault, the standing of an identity, the records of a recall, the dataset of a
/// cohort; empty for verdicts.</param>
/// <param name="From">Of a standing and a recall: the record since when; empty where there is none.</param>
public sealed record FlowEvent(
    long Sequence, FlowEventKind Kind, string Topic, string Source, string Identity, string Subject, string Message, string From = "");
