using Assay.Contracts.Evidence;

namespace Assay.Evaluation.Bound;

/// <summary>How reports come from the shards to the identity, and decisions back.</summary>
/// <param name="Weight">Factor on every report's mass; 1 is what the bound allows.</param>
/// <param name="Lost">Probability that a report does not arrive and the shard knows it: it tries again at its next record.</param>
/// <param name="Repeated">Probability that a report arrives twice, at different times.</param>
/// <param name="Late">Records of the fleet after which a report or decision arrives at the latest; the time is drawn for each.</param>
/// <param name="Checkpoint">Records of an identity in a shard between reports while its M is above the floor.</param>
/// <param name="TellsTheFall">False leaves out the report that M has fallen below the floor: the identity keeps counting the last high one.</param>
public sealed record Delivery(double Weight = 1, double Lost = 0, double Repeated = 0, int Late = 0, int Checkpoint = 1, bool TellsTheFall = true)
{
    public static Delivery Faulty { get; } = new(Lost: 0.3, Repeated: 0.3, Late: 200);
}

/// <summary>Reports under way, by the record of the fleet at which they arrive.</summary>
internal sealed class Mail(Delivery delivery, Random random)
{
    private readonly PriorityQueue<(Member Member, ShardReport Report), long> _reports = new();

    /// <returns>False where the report is lost.</returns>
    public bool Send(long now, Member member, ShardReport report)
    {
        if (delivery.Lost > 0 && random.NextDouble() < delivery.Lost)
            return false;
        _reports.Enqueue((member, report), now + Delay());
        if (delivery.Repeated > 0 && random.NextDouble() < delivery.Repeated)
            _reports.Enqueue((member, report), now + Delay());
        return true;
    }

    public bool TryReceive(long now, out Member member, out ShardReport report)
    {
        if (_reports.TryPeek(out var next, out var due) && due <= now)
        {
            _reports.Dequeue();
            (member, report) = next;
            return true;
        }

        (member, report) = (null!, null!);
        return false;
    }

    public long Delay() => delivery.Late == 0 ? 0 : random.Next(delivery.Late + 1);
}
