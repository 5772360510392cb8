using System.Text;

namespace Assay.Host.Traffic.Worlds;

/// <summary>What flaky writers make of a message. Each result breaks a rule of the topic's profile or of JSON.</summary>
internal sealed class Malformer(SeededRandom random)
{
    public const int Kinds = 6;

    private static readonly byte[] ErrorPage = "<html><body><h1>502 Bad Gateway</h1></body></html>"u8.ToArray();

    public TrafficMessage Break(in TrafficMessage message, TimedAttack attack)
    {
        var value = random.Next(Kinds) switch
        {
            0 => message.Value[..(message.Value.Length / 2)],
            1 => ErrorPage,
            2 => InvalidUtf8(message.Value),
            3 => Replace(message.Value, "\"crawler\":", "\"crwaler\":"),
            4 => Replace(message.Value, "\"words\":", "\"words\":NaN,\"n\":"),
            _ => Replace(message.Value, "\"fetched_at\":\"2", "\"fetched_at\":\"yesterday 2"),
        };
        return message with { Value = value, Attack = attack.Id, RecordId = "" };
    }

    private static byte[] InvalidUtf8(byte[] value)
    {
        var broken = value.ToArray();
        broken[value.AsSpan().IndexOf("\"text\":\""u8) + 9] = 0xFF;
        return broken;
    }

    private static byte[] Replace(byte[] value, string found, string by) =>
        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(value).Replace(found, by, StringComparison.Ordinal));
}
