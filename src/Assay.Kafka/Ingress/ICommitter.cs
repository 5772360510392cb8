namespace Assay.Kafka.Ingress;

/// <summary>Commits what partitions have done. The loop's thread.</summary>
internal interface ICommitter : IDisposable
{
    /// <summary>A commit is under way, or cannot begin.</summary>
    bool Running { get; }

    /// <summary>Something is about to come back, which is worth looking for often.</summary>
    bool Busy { get; }

    /// <summary>Begins to commit what these partitions have to commit, where it is not <see cref="Running"/>.</summary>
    void Start(IReadOnlyCollection<PartitionOwner> owners);

    /// <summary>Goes on with what has begun.</summary>
    void Step();

    /// <summary>All partitions are given back: leaves nothing open.</summary>
    void End();
}
