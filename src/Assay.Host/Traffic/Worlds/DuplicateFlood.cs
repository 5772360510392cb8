using System.Globalization;
using System.Text;
using Assay.Contracts.Records;

namespace Assay.Host.Traffic.Worlds;

/// <summary>One writer's flood of one document: resent as it is, or under a new id with the same bytes.</summary>
internal sealed class DuplicateFlood(TimedAttack attack)
{
    private TrafficMessage? _original;

    public TimedAttack Attack => attack;

    /// <summary>The burst is over; the next one takes another document.</summary>
    public void Forget() => _original = null;

    /// <summary>Takes an honest document as the one that the burst repeats.</summary>
    public TrafficMessage Keep(TrafficMessage original)
    {
        _original = original;
        return original;
    }

    /// <summary>A copy of the document that was kept; false at the beginning of a burst.</summary>
    public bool TryCopy(long number, DateTimeOffset time, SeededRandom random, out TrafficMessage copy)
    {
        copy = default;
        if (_original is not { } original)
            return false;
        copy = original with { Number = number, EventTime = time, Attack = attack.Id };
        if (random.Chance(.5))
            copy = Renamed(copy);
        return true;
    }

    private static TrafficMessage Renamed(TrafficMessage copy)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"doc-{copy.Number:D9}");
        RecordHeader[] headers =
        [
            .. copy.Headers.Select(h => h.Key == "ce_id" ? new RecordHeader(h.Key, Encoding.UTF8.GetBytes(id)) : h),
        ];
        return copy with { RecordId = id, Headers = headers };
    }
}
