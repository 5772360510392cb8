using System.ComponentModel.DataAnnotations;

namespace Assay.Grains.Cohorts;

/// <summary>How often shards contribute to their cohort, and how often it publishes a view.</summary>
public sealed class CohortOptions
{
    public const string Section = "Cohorts";

    /// <summary>Records of a shard between two contributions; 1 to 1 million, default 500.</summary>
    [Range(1, 1_000_000)]
    public int ContributeEvery { get; set; } = 500;

    /// <summary>Records contributed by all shards of a dataset between two views; 1 to 10 million, default 500.</summary>
    [Range(1, 10_000_000)]
    public int PublishEvery { get; set; } = 500;

    /// <summary>Shortest time between two views of a dataset in a running cluster; 0 to 1 h, default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan MinInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Views are not renewed: everything is compared with the references there are, and what a shard finds is a function of its records and of the
    /// decisions about their writers alone. That a cohort is contested is published all the same. Default false.
    /// </summary>
    public bool Frozen { get; set; }

    /// <summary>A view is published when somebody asks, and at no other time: a replay asks between two ticks.</summary>
    internal bool OnDemand { get; private init; }

    /// <summary>The same settings for a process that asks for views itself.</summary>
    public CohortOptions PublishedOnDemand() => new()
    {
        ContributeEvery = ContributeEvery,
        PublishEvery = PublishEvery,
        MinInterval = MinInterval,
        Frozen = Frozen,
        OnDemand = true,
    };
}
