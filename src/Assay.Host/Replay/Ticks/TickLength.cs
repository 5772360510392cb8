namespace Assay.Host.Replay.Ticks;

/// <summary>
/// How long the next tick is, in pieces of the set length: one while shards have news, and twice as many after each tick without, since there is then
/// nothing to decide between ticks. It depends on what the shards say and on nothing else, so equal replays have equal ticks.
/// </summary>
internal sealed class TickLength
{
    public const int Longest = 8;

    /// <summary>1 to <see cref="Longest"/>.</summary>
    public int Pieces { get; private set; } = 1;

    /// <param name="news">Whether any shard had news at the end of the tick.</param>
    public void Next(bool news) => Pieces = news ? 1 : Math.Min(Longest, Pieces * 2);
}
