using Assay.Contracts.Records;
using Assay.Contracts.Verdicts;

namespace Assay.Kafka.Egress;

/// <summary>A judged batch on its way out. Done when Kafka has acknowledged every message that it led to.</summary>
internal sealed class OutputBatch(
    OutputRoute route, string source, byte[] key, InputRecord[] records, int firstJudged, Verdict[] verdicts, long produceFrom, Action<OutputBatch> acknowledged)
{
    private int _waiting = 1;
    private long _verdictsEnd;

    public OutputRoute Route => route;

    public string Source => source;

    /// <summary>Key of the verdict messages: the shard's id.</summary>
    public byte[] Key => key;

    public InputRecord[] Records => records;

    /// <summary>Parallel to <see cref="Records"/> from <see cref="FirstJudged"/> on.</summary>
    public Verdict[] Verdicts => verdicts;

    public int FirstJudged => firstJudged;

    /// <summary>Records below this offset have all their outputs.</summary>
    public long ProduceFrom => produceFrom;

    public ref readonly InputRecord Record(int verdict) => ref records[firstJudged + verdict];

    /// <summary>Position after the last of its verdicts in the verdict partition, as far as Kafka has said; 0 for none.</summary>
    public long VerdictsEnd => Interlocked.Read(ref _verdictsEnd);

    /// <summary>A verdict is acknowledged at a position, negative where Kafka does not say.</summary>
    public void VerdictStands(long position)
    {
        for (var seen = VerdictsEnd; position >= seen; seen = VerdictsEnd)
        {
            if (Interlocked.CompareExchange(ref _verdictsEnd, position + 1, seen) == seen)
                return;
        }
    }

    public void Wait() => Interlocked.Increment(ref _waiting);

    /// <summary>One message is acknowledged, or all have been handed over. The last call reports, on the caller's thread.</summary>
    public void Done()
    {
        if (Interlocked.Decrement(ref _waiting) == 0)
            acknowledged(this);
    }
}
