using Assay.Contracts.Cohorts;
using Assay.Contracts.Ports;
using Assay.Contracts.Trust;

namespace Assay.Grains.Tests.Support;

/// <summary>Kafka's side of the ports: notes what is published, acknowledges it or not.</summary>
internal sealed class TestPublisher(Journal journal) : ITrustPublisher, ICohortViewPublisher
{
    /// <summary>The next messages that reach Kafka and are not acknowledged.</summary>
    public int Unacknowledged { get; set; }

    /// <summary>Views are too large.</summary>
    public bool RefuseViews { get; set; }

    /// <summary>Every message in order, acknowledged or not.</summary>
    public List<byte[]> Messages { get; } = [];

    public Task Publish(Decision decision, CancellationToken cancellation) =>
        Note($"{decision.Standing} {decision.Epoch}", TrustCodec.Write(decision));

    public Task Publish(Recall recall, CancellationToken cancellation) =>
        Note($"recall {recall.Epoch} to {string.Join(',', recall.Ranges.Select(r => r.To))}", TrustCodec.Write(recall));

    public Task Publish(TrustHeartbeat heartbeat, CancellationToken cancellation) => throw new NotSupportedException("No grain sends heartbeats.");

    public async Task<bool> Publish(CohortView view, CancellationToken cancellation)
    {
        if (RefuseViews)
            return false;
        await Note($"view {view.Version}", CohortViewCodec.Write(view));
        return true;
    }

    private Task Note(string line, byte[] message)
    {
        lock (Messages)
            Messages.Add(message);
        journal.Add(line);
        if (Unacknowledged == 0)
            return Task.CompletedTask;
        Unacknowledged--;
        return Task.FromException(new OperationCanceledException("not acknowledged"));
    }
}
