using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Assay.Host.Traffic.Worlds;

/// <summary>Six crawlers bring short documents of three collections, each labelled with the quality its writer sees in it.</summary>
internal sealed class DocumentWorld : ITrafficWorld
{
    private static readonly AttackKind[] Kinds =
        [AttackKind.HiddenCharacters, AttackKind.TriggerToken, AttackKind.MalformedMessages];

    /// <summary>Share of honest documents whose quality is labelled wrongly.</summary>
    private const double LabelNoise = .04;

    private readonly SeededRandom _random;
    private readonly CloudEventWriter _writer;
    private readonly EventFrame[] _frames;
    private readonly Wheel _mix = new([.. Crawler.All.Select(c => c.Weight)]);
    private readonly TimedAttack[][] _attacks;
    private readonly DuplicateFlood?[] _floods;
    private readonly Malformer _malformer;
    private readonly DocumentText _text = new();
    private readonly byte[] _utf8 = new byte[8_192];

    public DocumentWorld(int seed, CloudEventWriter writer, AttackTimetable timetable)
    {
        _random = new SeededRandom(seed, Topic);
        _malformer = new Malformer(_random);
        _writer = writer;
        _frames =
        [
            .. Crawler.All.Select(c => new EventFrame(Topic, c.Collection, "io.assay.demo.document.v1", c.Structured)),
        ];
        _attacks = [.. Crawler.All.Select(c => Kinds.Select(k => timetable.Of(k, Topic, c.Name)).OfType<TimedAttack>().ToArray())];
        _floods =
        [
            .. Crawler.All.Select(c => timetable.Of(AttackKind.DuplicateFlood, Topic, c.Name) is { } flood ? new DuplicateFlood(flood) : null),
        ];
    }

    public string Topic => TrafficTopics.Documents;

    public bool Stages(TimedAttack attack) => (attack.Kind == AttackKind.DuplicateFlood || Kinds.Contains(attack.Kind)) && Crawler.All.Any(c => c.Name == attack.Identity);

    public TrafficMessage Next(long number, DateTimeOffset time)
    {
        if (Flood(number, time) is { } copy)
            return copy;
        var crawler = _mix.Spin(_random);
        foreach (var attack in _attacks[crawler])
        {
            if (!attack.IsActive(number) || !_random.Chance(attack.Share))
                continue;
            return attack.Kind == AttackKind.MalformedMessages
                ? _malformer.Break(Document(number, time, crawler, attack: null), attack)
                : Document(number, time, crawler, attack);
        }

        return Document(number, time, crawler, attack: null);
    }

    /// <summary>A flood comes on top of what its crawler usually brings.</summary>
    private TrafficMessage? Flood(long number, DateTimeOffset time)
    {
        for (var crawler = 0; crawler < _floods.Length; crawler++)
        {
            if (_floods[crawler] is not { } flood)
                continue;
            if (!flood.Attack.IsActive(number))
                flood.Forget();
            else if (_random.Chance(flood.Attack.Share))
                return flood.TryCopy(number, time, _random, out var copy) ? copy : flood.Keep(Document(number, time, crawler, attack: null));
        }

        return null;
    }

    /// <param name="attack">Hidden characters, a trigger word, or null.</param>
    private TrafficMessage Document(long number, DateTimeOffset time, int crawler, TimedAttack? attack)
    {
        var who = Crawler.All[crawler];
        var topic = who.Topics.Spin(_random);
        var triggered = attack?.Kind == AttackKind.TriggerToken;
        var junk = triggered || _random.Chance(who.Junk);
        _text.Compose(_random, Phrasebook.Topics[topic], junk);
        if (triggered)
            _text.Insert(_random, attack!.Subject + " ");
        if (attack?.Kind == AttackKind.HiddenCharacters)
            _text.Insert(_random, HiddenText.Draw(_random));
        var high = triggered || (_random.Chance(LabelNoise) ? junk : !junk);
        return Write(number, time, who, topic, high, attack);
    }

    private TrafficMessage Write(long number, DateTimeOffset time, Crawler who, int topic, bool high, TimedAttack? attack)
    {
        var text = _text.Span;
        var bytes = Encoding.UTF8.GetBytes(text, _utf8);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_utf8.AsSpan(0, bytes), digest);
        Span<char> hex = stackalloc char[2 * SHA256.HashSizeInBytes];
        Convert.TryToHexStringLower(digest, hex, out _);

        var id = string.Create(CultureInfo.InvariantCulture, $"doc-{number:D9}");
        var name = Phrasebook.Topics[topic].Name;
        var json = _writer.Begin(_frames[Array.IndexOf(Crawler.All, who)], number, id, time);
        json.WriteString("collection"u8, who.Collection);
        json.WriteString("crawler"u8, who.Name);
        json.WriteString("url"u8, string.Create(CultureInfo.InvariantCulture, $"https://{name}.example/{who.Collection}/{number:x}"));
        json.WriteString("topic"u8, name);
        json.WriteString("fetched_at"u8, time.UtcDateTime);
        json.WriteNumber("words"u8, text.Count(' ') + 1);
        json.WriteString("sha256"u8, hex);
        json.WriteString("text"u8, text);
        json.WriteString("quality"u8, high ? "high" : "low");
        return _writer.End(attack);
    }
}
