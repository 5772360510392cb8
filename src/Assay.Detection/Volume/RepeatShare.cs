using System.Text.Json;
using Assay.Contracts.State;
using Assay.Detection.Statistics;

namespace Assay.Detection.Volume;

/// <summary>How often contents usually repeat (learned records) and how often they do now (every record, the latest few dozen).</summary>
internal struct RepeatShare
{
    // The latest records weigh together as much as this many.
    private const double Window = 48;

    private double _learned;
    private double _learnedRepeats;
    private double _recent;
    private double _recentRepeats;

    /// <summary>Usual share of repeats, by the rule of succession; in (0, 1).</summary>
    public readonly double Usual => (_learnedRepeats + 1) / (_learned + 2);

    /// <summary>Share of repeats among the latest few dozen records.</summary>
    public readonly double Recent => _recent > 0 ? _recentRepeats / _recent : 0;

    /// <summary>Digits of one more repeat now: how rare a repeat is at all, or how far the latest run of them exceeds the usual share.</summary>
    public readonly double Digits() =>
        Math.Max(-Math.Log10(Usual), BurstDigits.Of(_recentRepeats + 1, Usual * (_recent + 1)));

    public void Observe(bool repeat)
    {
        const double Fade = 1 - 1 / Window;
        _recent = _recent * Fade + 1;
        _recentRepeats = _recentRepeats * Fade + (repeat ? 1 : 0);
    }

    public void Learn(bool repeat, double memory)
    {
        if (_learned >= memory)
        {
            _learned *= 1 - 1 / memory;
            _learnedRepeats *= 1 - 1 / memory;
        }

        _learned++;
        _learnedRepeats += repeat ? 1 : 0;
    }

    public readonly void Write(StateWriter writer)
    {
        writer.Double(_learned);
        writer.Double(_learnedRepeats);
        writer.Double(_recent);
        writer.Double(_recentRepeats);
    }

    public static RepeatShare Read(ref StateReader reader) => new()
    {
        _learned = StateChecks.NonNegative(ref reader),
        _learnedRepeats = StateChecks.NonNegative(ref reader),
        _recent = StateChecks.NonNegative(ref reader),
        _recentRepeats = StateChecks.NonNegative(ref reader),
    };

    public readonly void Describe(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("usual_share", Usual);
        json.WriteNumber("recent_share", Recent);
        json.WriteEndObject();
    }
}
