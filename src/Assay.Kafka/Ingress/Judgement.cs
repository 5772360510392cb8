using Assay.Contracts.Records;
using Assay.Contracts.Verdicts;
using Assay.Kafka.Egress;

namespace Assay.Kafka.Ingress;

/// <summary>What a batch led to, as observers are told it.</summary>
/// <param name="Verdicts">Those that were produced for it: records that had all their outputs before are not among them.</param>
/// <param name="Oldest">Append time of the first of their records.</param>
/// <param name="Newest">Append time of the last.</param>
internal readonly record struct Judgement(string Source, IReadOnlyList<Verdict> Verdicts, DateTimeOffset Oldest, DateTimeOffset Newest)
{
    public static Judgement Of(OutputBatch outputs)
    {
        var verdicts = outputs.Verdicts;
        var first = 0;
        while (first < verdicts.Length && verdicts[first].Offset < outputs.ProduceFrom)
            first++;
        return first == verdicts.Length
            ? new Judgement(outputs.Source, [], default, default)
            : new Judgement(outputs.Source, first == 0 ? verdicts : verdicts[first..],
                Appended(outputs.Record(first)), Appended(outputs.Record(verdicts.Length - 1)));
    }

    private static DateTimeOffset Appended(in InputRecord record) => DateTimeOffset.FromUnixTimeMilliseconds(record.AppendTimeMs);
}
