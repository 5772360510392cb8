namespace Assay.Detection.ContentRules;

/// <summary>What a record that breaks a rule is asked to suffer.</summary>
public enum RuleAction
{
    /// <summary>The rule is not applied.</summary>
    Off,

    /// <summary>Kept aside for a person.</summary>
    Hold,
    Reject,

    /// <summary>Rejected, and its writer is quarantined at once.</summary>
    Quarantine,
}
