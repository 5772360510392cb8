namespace Assay.Host.Traffic.Worlds;

/// <summary>The writers of one topic.</summary>
internal interface ITrafficWorld
{
    string Topic { get; }

    /// <summary>Whether the world has the attack's writer and can play that kind of attack.</summary>
    bool Stages(TimedAttack attack);

    /// <param name="number">Position in the whole stream; rises from call to call.</param>
    TrafficMessage Next(long number, DateTimeOffset time);
}
