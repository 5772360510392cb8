using Assay.Trust.Standings;

namespace Assay.Evaluation.Labels;

/// <summary>Whether a source is watched, as the standing machine has it between two ticks: its records are then not learned from.</summary>
internal sealed class Watch(StandingOptions options, double threshold)
{
    private long _lowSince = -1;

    public bool On { get; private set; }

    /// <param name="mass">M at the end of a tick.</param>
    /// <param name="monitored">Records with evidence so far.</param>
    public void Turn(double mass, long monitored)
    {
        if (mass >= options.ClearShare * threshold)
            _lowSince = -1;
        else if (_lowSince < 0)
            _lowSince = monitored;
        if (mass >= options.WatchShare * threshold)
            On = true;
        else if (On && _lowSince >= 0 && monitored - _lowSince >= options.ClearRecords)
            On = false;
    }

    /// <summary>Begins anew, as after a quarantine that a person overturned.</summary>
    public void Reset() => (On, _lowSince) = (false, -1);
}
