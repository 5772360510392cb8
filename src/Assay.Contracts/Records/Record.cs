namespace Assay.Contracts.Records;

/// <summary>What a topic carries: data to learn from, or judgements about it.</summary>
public enum RecordKind
{
    /// <summary>Training rows, documents, agent memory.</summary>
    Ingestion,

    /// <summary>Labels, ratings, rewards and other judgements.</summary>
    Feedback,
}

/// <summary>
/// One Kafka message that may be learned from, as a mapping profile reads it. Readers reuse one instance for record after record:
/// nobody keeps a reference to it, or to its field lists, beyond the call that it was passed to.
/// </summary>
public sealed class Record
{
    /// <summary>The writer's own id for the record, or <c>topic/partition/offset</c> where it has none (see <see cref="HasOwnId"/>).</summary>
    public string Id { get; set; } = "";

    /// <summary>True when <see cref="Id"/> came from the record itself; only then can a second record with the same id be a duplicate.</summary>
    public bool HasOwnId { get; set; }

    public RecordKind Kind { get; set; }

    /// <summary>The pipeline the record came through.</summary>
    public string Source { get; set; } = "";

    /// <summary>Who wrote it. Equals <see cref="Source"/> where the profile names no identity.</summary>
    public string Identity { get; set; } = "";

    /// <summary>Who answers for the identity.</summary>
    public string? Owner { get; set; }

    /// <summary>What the record would be learned into.</summary>
    public string Dataset { get; set; } = "";

    public string? Label { get; set; }

    public string? Text { get; set; }

    /// <summary>A dense vector; empty where the record has none.</summary>
    public ReadOnlyMemory<float> Embedding { get; set; }

    /// <summary>What a judgement is about (an item, a user, an answer).</summary>
    public string? Target { get; set; }

    /// <summary>A judgement's number, such as a rating. Finite.</summary>
    public double? Value { get; set; }

    /// <summary>The tool that an agent used.</summary>
    public string? Tool { get; set; }

    /// <summary>What the use of <see cref="Tool"/> earned. Finite.</summary>
    public double? Reward { get; set; }

    /// <summary>Numeric features by name, all finite, in the order of the message.</summary>
    public FieldList<double> Features { get; } = new();

    /// <summary>Categorical attributes by name, in the order of the message.</summary>
    public FieldList<string> Attributes { get; } = new();

    /// <summary>Where the record says it comes from: <c>sha256</c>, <c>signature</c>, <c>key</c>, <c>url</c> and whatever else the profile names.</summary>
    public FieldList<string> Provenance { get; } = new();

    /// <summary>When the event happened by its writer's word; never used for order.</summary>
    public DateTimeOffset? EventTime { get; set; }

    /// <summary>Kafka's timestamp of the message, milliseconds since the Unix epoch.</summary>
    public long AppendTimeMs { get; set; }

    /// <summary>Offset within the partition.</summary>
    public long Offset { get; set; }

    /// <summary>XxHash3 of the message value, for finding repeated content.</summary>
    public ulong ContentHash { get; set; }

    /// <summary>Empties every field, keeping the lists' memory.</summary>
    public void Clear()
    {
        Id = Source = Identity = Dataset = "";
        HasOwnId = false;
        Kind = RecordKind.Ingestion;
        Owner = Label = Text = Target = Tool = null;
        Value = Reward = null;
        Embedding = default;
        EventTime = null;
        AppendTimeMs = Offset = 0;
        ContentHash = 0;
        Features.Clear();
        Attributes.Clear();
        Provenance.Clear();
    }
}
