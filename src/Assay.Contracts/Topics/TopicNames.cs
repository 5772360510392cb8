namespace Assay.Contracts.Topics;

/// <summary>Names of the output topics: <c>&lt;prefix&gt;.&lt;plural-noun&gt;.v&lt;major&gt;</c>. One prefix a tenant.</summary>
public sealed class TopicNames
{
    public const string DefaultPrefix = "assay";

    /// <param name="prefix">Letters, digits, dot, dash and underscore, 1 to 200 characters (Kafka's own rule for names, less the suffix).</param>
    /// <exception cref="ArgumentException">The prefix would make an illegal topic name.</exception>
    public TopicNames(string prefix = DefaultPrefix)
    {
        if (prefix.Length is 0 or > 200 || !prefix.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'))
            throw new ArgumentException($"Topic prefix '{prefix}' must be 1 to 200 letters, digits, '.', '-' or '_'.", nameof(prefix));
        Prefix = prefix;
    }

    public string Prefix { get; }

    /// <summary>Standing of each identity, compacted, key identity.</summary>
    public string TrustDecisions => Name("trust-decisions");

    public string TrustLog => Name("trust-log");

    /// <summary>One verdict a record, partitioned as the input.</summary>
    public string Verdicts => Name("verdicts");

    /// <summary>Records that may be learned from, byte for byte.</summary>
    public string Admitted => Name("admitted");

    public string Held => Name("held");

    public string Recalls => Name("recalls");

    public string Audit => Name("audit");

    public string DeadLetters => Name("dead-letters");

    /// <summary>Internal, compacted.</summary>
    public string CohortViews => Name("cohort-views");

    /// <summary>Every output topic, in a fixed order.</summary>
    public IReadOnlyList<string> All =>
        [TrustDecisions, TrustLog, Verdicts, Admitted, Held, Recalls, Audit, DeadLetters, CohortViews];

    private string Name(string noun) => $"{Prefix}.{noun}.v1";
}
