namespace Assay.Contracts.Records;

/// <summary>How sure it is that a record's identity wrote it, best first. A Kafka consumer cannot see the authenticated producer, so it is stated per topic.</summary>
public enum Assurance
{
    /// <summary>The record carries a signature.</summary>
    Signed,

    /// <summary>A proxy in front of Kafka attests the identity in a header.</summary>
    Proxy,

    /// <summary>Access control lets only this identity write to the topic.</summary>
    TopicAcl,

    /// <summary>The writer says so. Standings are per (source, identity), so that nobody can have a victim distrusted elsewhere by writing in its name.</summary>
    SelfAsserted,
}
