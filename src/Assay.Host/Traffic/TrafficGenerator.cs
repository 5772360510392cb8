using System.ComponentModel.DataAnnotations;
using Assay.Host.Traffic.Worlds;

namespace Assay.Host.Traffic;

/// <summary>
/// A small world whose records an AI system would learn from: card vendors, crawlers, labellers and agents, honest ones and others.
/// Endless, and a function of seed and timetable alone. Not thread-safe; the caller sets the pace.
/// </summary>
public sealed class TrafficGenerator : IDisposable
{
    private readonly TrafficOptions _options;
    private readonly CloudEventWriter _writer = new();
    private readonly SeededRandom _random;
    private readonly ITrafficWorld[] _worlds;

    /// <summary>Cumulative share of each world in the stream, parallel to <see cref="_worlds"/>.</summary>
    private static readonly double[] Shares = [.40, .66, .82, .95, 1];

    /// <exception cref="ValidationException">An option is out of range.</exception>
    /// <exception cref="ArgumentException">The timetable names a writer or a topic that this world does not have.</exception>
    public TrafficGenerator(TrafficOptions? options = null, AttackTimetable? timetable = null)
    {
        _options = options ?? new TrafficOptions();
        Validator.ValidateObject(_options, new ValidationContext(_options), validateAllProperties: true);
        Timetable = timetable ?? AttackTimetable.Default;
        Produced = _options.First;
        _random = new SeededRandom(_options.Seed, "world");
        _worlds =
        [
            new TransactionWorld(_options.Seed, _writer, Timetable),
            new LabelWorld(_options.Seed, _writer, Timetable),
            new AgentWorld(_options.Seed, _writer, Timetable),
            new DocumentWorld(_options.Seed, _writer, Timetable),
            new MemoryWorld(_options.Seed, _writer, Timetable),
        ];
        var stranger = Timetable.All.FirstOrDefault(a => !_worlds.Any(w => w.Topic == a.Topic && w.Stages(a)));
        if (stranger is not null)
            throw new ArgumentException($"Attack '{stranger.Id}': nobody on {stranger.Topic} called {stranger.Identity} can do {stranger.Kind}.", nameof(timetable));
    }

    public AttackTimetable Timetable { get; }

    /// <summary>Messages produced so far, from <see cref="TrafficOptions.First"/> on; the number of the next one.</summary>
    public long Produced { get; private set; }

    public TrafficMessage Next()
    {
        var number = Produced++;
        var time = _options.Start.AddTicks((long)(number * (TimeSpan.TicksPerSecond / _options.RecordsPerSecond)));
        var draw = _random.Next();
        var world = 0;
        while (draw >= Shares[world])
            world++;
        return _worlds[world].Next(number, time);
    }

    public void Dispose() => _writer.Dispose();
}
