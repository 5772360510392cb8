using Assay.Host.Traffic;

namespace Assay.Host.Running;

/// <summary>Sends generated records at a steady rate.</summary>
internal static class TrafficPace
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    /// <summary>Until the requested number of records is sent, or for ever.</summary>
    /// <exception cref="OperationCanceledException">Told to stop.</exception>
    public static async Task Run(TrafficGenerator generator, TrafficRequest request, Func<TrafficMessage, ValueTask> send, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Tick);
        var last = generator.Produced + request.Records;
        var owed = 0.0;
        var start = TimeProvider.System.GetTimestamp();
        var accounted = TimeSpan.Zero;
        while (await timer.WaitForNextTickAsync(stop))
        {
            var now = TimeProvider.System.GetElapsedTime(start);
            // After a stall the generator goes on at its rate instead of catching up in a burst.
            owed += Math.Min(1, (now - accounted).TotalSeconds) * request.Rate;
            accounted = now;
            for (; owed >= 1; owed--)
            {
                if (generator.Produced == last)
                    return;
                await send(generator.Next());
            }
        }
    }
}
