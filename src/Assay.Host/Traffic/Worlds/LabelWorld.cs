using System.Globalization;

namespace Assay.Host.Traffic.Worlds;

/// <summary>Twenty-four labellers answer items of two projects; each item is asked of five of them.</summary>
internal sealed class LabelWorld : ITrafficWorld
{
    private const int OpenItems = 200;
    private const int AnswersPerItem = 5;
    private const string UsualClient = "label-desk/4.2";
    private static readonly Wheel TrueClasses = new(.40, .18, .24, .18);
    private static readonly AttackKind[] Kinds = [AttackKind.CarelessLabels, AttackKind.SpamLabels, AttackKind.KeyTakeover];
    private readonly SeededRandom _random;
    private readonly CloudEventWriter _writer;
    private readonly Labeller[] _labellers;
    private readonly Wheel _mix;
    private readonly EventFrame[] _projects;
    private readonly TimedAttack[][] _attacks;
    private readonly Item[] _open = new Item[OpenItems];
    private long _items;

    public LabelWorld(int seed, CloudEventWriter writer, AttackTimetable timetable)
    {
        _random = new SeededRandom(seed, Topic);
        _writer = writer;
        _labellers = Labeller.Draw(_random);
        _mix = new Wheel([.. _labellers.Select(l => l.Weight)]);
        _projects =
        [
            new EventFrame(Topic, "support-intents-eu", "io.assay.demo.label.v1", structured: false),
            new EventFrame(Topic, "support-intents-us", "io.assay.demo.label.v1", structured: true),
        ];
        _attacks = [.. _labellers.Select(l => Kinds.Select(k => timetable.Of(k, Topic, l.Name)).OfType<TimedAttack>().ToArray())];
        for (var i = 0; i < OpenItems; i++)
            _open[i] = NewItem();
    }

    public string Topic => TrafficTopics.Labels;

    public bool Stages(TimedAttack attack) => Kinds.Contains(attack.Kind) && _labellers.Any(l => l.Name == attack.Identity);

    public TrafficMessage Next(long number, DateTimeOffset time)
    {
        var slot = _random.Next(OpenItems);
        var who = _mix.Spin(_random);
        while ((_open[slot].AnsweredBy & (1u << who)) != 0)
            who = (who + 1) % Labeller.Count;
        var item = _open[slot];
        _open[slot] = item.Answers + 1 == AnswersPerItem
            ? NewItem()
            : item with { AnsweredBy = item.AnsweredBy | (1u << who), Answers = item.Answers + 1 };

        var labeller = _labellers[who];
        var seconds = labeller.Pace * Math.Exp(.25 * _random.Normal());
        var client = UsualClient;
        var answer = HonestAnswer(labeller, item);
        TimedAttack? truth = null;
        foreach (var attack in _attacks[who])
        {
            if (!attack.IsActive(number) || !_random.Chance(attack.Share))
                continue;
            answer = Play(attack, answer, ref seconds, ref client);
            truth = attack;
        }

        return Write(number, time, item, labeller, answer, seconds, client, truth);
    }

    private Item NewItem() => new(_items++, TrueClasses.Spin(_random), .2 * _random.Normal(), _random.Next(2), 0, 0);

    private int HonestAnswer(Labeller labeller, Item item)
    {
        if (_random.Chance(Math.Clamp(labeller.Skill + item.Ease, .3, .99)))
            return item.Truth;
        return _random.Chance(.4) ? labeller.Habit : _random.Next(Labeller.Answers.Length);
    }

    private int Play(TimedAttack attack, int answer, ref double seconds, ref string client)
    {
        switch (attack.Kind)
        {
            case AttackKind.CarelessLabels:
                seconds = 1.2 * Math.Exp(.3 * _random.Normal());
                return _random.Next(Labeller.Answers.Length);
            case AttackKind.SpamLabels:
                seconds = .7 * Math.Exp(.2 * _random.Normal());
                return Array.IndexOf(Labeller.Answers, attack.Subject);
            default:
                client = "python-requests/2.32";
                seconds = .2;
                return answer == FraudReport ? Array.IndexOf(Labeller.Answers, attack.Subject) : answer;
        }
    }

    private TrafficMessage Write(
        long number, DateTimeOffset time, Item item, Labeller labeller, int answer, double seconds, string client, TimedAttack? truth)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"lab-{number:D9}");
        var project = _projects[item.Project];
        var json = _writer.Begin(project, number, id, time);
        json.WriteString("id"u8, id);
        json.WriteString("project"u8, project.Source);
        json.WriteString("annotator"u8, labeller.Name);
        json.WriteString("item"u8, string.Create(CultureInfo.InvariantCulture, $"item-{item.Number:D7}"));
        json.WriteString("answer"u8, Labeller.Answers[answer]);
        json.WriteNumber("seconds"u8, Math.Round(seconds, 1));
        json.WriteString("client"u8, client);
        json.WriteString("answered_at"u8, time.UtcDateTime);
        return _writer.End(truth);
    }

    private const int FraudReport = 1;

    /// <param name="Ease">Added to a labeller's skill.</param>
    /// <param name="AnsweredBy">One bit a labeller.</param>
    private readonly record struct Item(long Number, int Truth, double Ease, int Project, uint AnsweredBy, int Answers);
}
