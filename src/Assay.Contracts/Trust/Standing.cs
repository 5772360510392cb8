namespace Assay.Contracts.Trust;

/// <summary>How far an identity is trusted. The numbers are part of the wire and state formats.</summary>
public enum Standing : byte
{
    /// <summary>Too little reference, or a new identity: dataset policy decides; never learned from.</summary>
    Unproven = 0,

    /// <summary>Admitted and learned from.</summary>
    Trusted = 1,

    /// <summary>Admitted, shown, not learned from.</summary>
    Watched = 2,

    /// <summary>Too much of a cohort would be quarantined at once: nobody is accused, a person is called.</summary>
    Contested = 3,

    /// <summary>Held, until a person ends it.</summary>
    Quarantined = 4,

    /// <summary>Held on a person's word; may carry a time limit, whose end never releases what is held.</summary>
    Paused = 5,

    /// <summary>Rejected on a person's word.</summary>
    Revoked = 6,
}
