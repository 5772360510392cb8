using Assay.Contracts.Ports;

namespace Assay.Kafka.Ingress;

/// <summary>What all partitions of an input topic share at one owner.</summary>
internal sealed class InputTopic(string name, IRecordRouter router, KafkaIngressOptions options)
{
    private readonly Dictionary<int, SourceCap> _sources = [];

    public string Name => name;

    public IRecordRouter Router => router;

    public DeadLetterWindow DeadLetters { get; } = new(options.DeadLetterWindow, options.DeadLetterShare);

    /// <summary>The sources of one of its partitions.</summary>
    public SourceCap Sources(int partition)
    {
        if (!_sources.TryGetValue(partition, out var sources))
            _sources[partition] = sources = new SourceCap(options.MaxSources, options.DurableState);
        return sources;
    }

    /// <summary>Its timestamps are the broker's append times, as the newest record says.</summary>
    public bool HasAppendTimes { get; set; }

    /// <summary>Its records cannot be read: nothing more is taken or sent until the program starts again.</summary>
    public bool Stopped { get; set; }

    /// <summary>What to tell a person when dead letters burst.</summary>
    public string BurstMessage()
    {
        var (rule, count, reason) = DeadLetters.Worst();
        return $"Topic {name} is paused: {DeadLetters.Dead} of its last {DeadLetters.Size} records could not be read, {count} of them by rule "
            + $"'{rule}' (e.g. {reason}). Correct the topic's profile (try 'assay profile check'), or raise DeadLetterShare if the records "
            + "really are bad, and start again: it goes on where it stands.";
    }
}
