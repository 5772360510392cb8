namespace Assay.Host.Traffic;

/// <summary>Input topics of the generated world. Each is keyed by source.</summary>
public static class TrafficTopics
{
    /// <summary>Labelled card transactions of five vendors.</summary>
    public const string Transactions = "ingest.transactions";

    /// <summary>Documents of six crawlers, for a retrieval store.</summary>
    public const string Documents = "ingest.documents";

    /// <summary>What agents write into their long-term memory.</summary>
    public const string Memory = "ingest.memory";

    /// <summary>Answers of 24 labellers.</summary>
    public const string Labels = "feedback.labels";

    /// <summary>Tool use of eight agents and what it earned.</summary>
    public const string Agents = "feedback.agents";

    public static IReadOnlyList<string> All { get; } = [Transactions, Documents, Memory, Labels, Agents];
}
