using Assay.Contracts.Ports;
using Assay.Contracts.Signing;
using Assay.Contracts.Trust;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Assay.Grains.Identities;

/// <inheritdoc cref="ITrustKeeperGrain"/>
/// <remarks>Keeps no durable state: what it must know its callers have read from the topic.</remarks>
[GrainType("trust-keeper")]
public sealed partial class TrustKeeperGrain(ITrustPublisher publisher, IOptions<SigningOptions> signing, TimeProvider time, ILogger<TrustKeeperGrain> logger)
    : Grain, ITrustKeeperGrain, IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private readonly HashSet<long> _mended = [];
    private Task _beating = Task.CompletedTask;
    private DateTimeOffset _next = DateTimeOffset.MinValue;
    private long _epoch;

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _gone.Cancel();
        return Task.CompletedTask;
    }

    public void Dispose() => _gone.Dispose();

    public ValueTask Beat(long offset, long heartbeat)
    {
        _epoch = Math.Max(_epoch, heartbeat);
        var now = time.GetUtcNow();
        // Publishing may take as long as the broker is away; who calls must not wait for it.
        if (now < _next || !_beating.IsCompleted)
            return default;
        _next = now + signing.Value.HeartbeatInterval;
        _beating = Publish(new TrustHeartbeat((int)this.GetPrimaryKeyLong(), ++_epoch, offset, now + signing.Value.HeartbeatValidity));
        return default;
    }

    public async ValueTask Regressed(Decision newest, long offset)
    {
        if (!_mended.Add(offset))
            return;
        LogRegressed(newest.Identity, newest.Epoch, offset);
        try
        {
            await publisher.Publish(newest, _gone.Token);
        }
        catch (OperationCanceledException)
        {
            _mended.Remove(offset);
            throw;
        }
    }

    private async Task Publish(TrustHeartbeat heartbeat)
    {
        try
        {
            await publisher.Publish(heartbeat, _gone.Token);
        }
        catch (OperationCanceledException)
        {
            // The next keeper goes on.
        }
    }

    [LoggerMessage(2020, LogLevel.Warning, "An older decision about {Identity} stands after that of epoch {Epoch}, at offset {Offset}; the newer one is published again")]
    private partial void LogRegressed(string identity, long epoch, long offset);
}
