namespace Assay.Contracts.Records;

/// <summary>How much stands behind the identity that a record names; a Kafka consumer cannot see the authenticated producer. Configured per topic.</summary>
public enum Assurance
{
    /// <summary>The record's word alone. Standings are per (source, identity), so that nobody can have a victim distrusted elsewhere by writing in its name.</summary>
    SelfAsserted,

    /// <summary>Only this identity may write to the topic, by Kafka's ACL.</summary>
    ExclusiveTopic,

    /// <summary>A proxy that authenticated the producer has set the header.</summary>
    AttestedHeader,

    /// <summary>The identity has signed the record.</summary>
    SignedRecord,
}
