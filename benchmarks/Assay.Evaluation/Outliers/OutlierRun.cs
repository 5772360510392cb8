using Assay.Contracts.Evidence;
using Assay.Contracts.Records;
using Assay.Contracts.Verdicts;
using Assay.Detection;
using Assay.Trust.Records;

namespace Assay.Evaluation.Outliers;

/// <summary>
/// One pass of rows through detectors as a source grain runs them: score, verdict by the record policy, observe, and learn only what was
/// admitted. Every record counts, the first ones too. The records' append time stands still, as in a replayed file.
/// </summary>
internal static class OutlierRun
{
    /// <param name="learnHeld">True to learn from every record, whatever its verdict.</param>
    /// <returns>The product's score of each row, and how many were held.</returns>
    public static (double[] Scores, int Held) Of(IDetector[] detectors, NpyArray features, int[] rows, bool learnHeld)
    {
        var policy = new RecordPolicy(new RecordPolicyOptions());
        var findings = detectors.Select(_ => new Finding()).ToArray();
        var names = Enumerable.Range(0, features.Columns).Select(c => $"x{c}").ToArray();
        var record = new Record();
        var scores = new double[rows.Length];
        var held = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            Fill(record, features.Row(rows[i]), names, i);
            for (var d = 0; d < detectors.Length; d++)
            {
                findings[d].Clear();
                detectors[d].Score(record, findings[d]);
            }

            var judgement = policy.Judge(findings);
            policy.Observe(judgement.Verdict, judgement.Score);
            scores[i] = judgement.Score;
            held += judgement.Verdict == VerdictKind.Hold ? 1 : 0;
            foreach (var detector in detectors)
            {
                detector.Observe(record);
                if (learnHeld || judgement.Verdict == VerdictKind.Admit)
                    detector.Learn(record);
            }
        }

        return (scores, held);
    }

    private static void Fill(Record record, ReadOnlySpan<double> row, string[] names, int offset)
    {
        record.Clear();
        record.Source = record.Identity = "adbench";
        record.Dataset = "adbench";
        record.Offset = offset;
        for (var c = 0; c < row.Length; c++)
            record.Features.Add(names[c], row[c]);
    }
}
