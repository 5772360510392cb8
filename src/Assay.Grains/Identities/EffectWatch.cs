using System.Threading.Channels;
using Assay.Contracts.Ports;
using Assay.Contracts.Trust;

namespace Assay.Grains.Identities;

/// <summary>
/// Follows decisions that withhold, one after the other, until they are in effect, and tells the observer how long it took. Of a great many at once the
/// latest are not followed: they are in effect as well, but nobody measures it.
/// </summary>
public sealed class EffectWatch(EffectProbe probe, IFlowObserver observer, TimeProvider time)
{
    private const int MaxWaiting = 64;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan GiveUp = TimeSpan.FromMinutes(5);
    private readonly Channel<(StandingKey Key, long Epoch, long Since)> _waiting =
        Channel.CreateBounded<(StandingKey, long, long)>(new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Returns at once.</summary>
    public void Follow(Decision decision)
    {
        if (decision.Standing.Withholds())
            _waiting.Writer.TryWrite((decision.Key, decision.Epoch, time.GetTimestamp()));
    }

    /// <summary>Runs until cancelled.</summary>
    public async Task Run(CancellationToken stop)
    {
        try
        {
            await foreach (var (key, epoch, since) in _waiting.Reader.ReadAllAsync(stop))
                await Follow(key, epoch, since, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    private async Task Follow(StandingKey key, long epoch, long since, CancellationToken stop)
    {
        while (time.GetElapsedTime(since) < GiveUp)
        {
            if (await Complete(key, epoch))
            {
                observer.InEffect(key, epoch, time.GetElapsedTime(since));
                return;
            }

            await Task.Delay(Interval, time, stop);
        }
    }

    private async Task<bool> Complete(StandingKey key, long epoch)
    {
        try
        {
            return (await probe.Ask(key, epoch)).Complete;
        }
        catch (Exception)
        {
            // A silo on its way out; whether it still counts the next question shows.
            return false;
        }
    }
}
