namespace Assay.Detection.LabelSlices;

/// <summary>
/// The smallest attack on a slice that would be seen: the share of its positives that must go missing for the expected evidence of as many
/// records as the writer has sent so far to reach A. A forecast from what is known now, not a promise.
/// </summary>
/// <param name="Rate">Share of the positives that would have to be turned, above 0 to 1.</param>
/// <param name="Flips">How many that are.</param>
public readonly record struct SmallestAttack(double Rate, double Flips)
{
    private static readonly double[] Rates = [0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1];

    /// <summary>Null where no attack on the slice would be seen: not monitored.</summary>
    /// <param name="records">The writer's records in the slice, 0 or more.</param>
    /// <param name="positives">Those of them with the positive label.</param>
    /// <param name="precision">Precision of the writer's difference in the slice.</param>
    /// <param name="minLabels">Own positives below which the direction abstains.</param>
    /// <param name="needed">Log of A over the start mass that the slice's bet gets a record.</param>
    internal static SmallestAttack? Of(double records, double positives, double precision, double minLabels, double needed)
    {
        if (positives < minLabels || records <= 0)
            return null;
        var p = positives / records;
        foreach (var rate in Rates)
        {
            // While the attack lasts the null follows it: what it still lacks after n records falls as P/(P + n·p(1−p)), the evidence of a
            // record as the square of that. Summed over n records: g·n·P/(P + n·p(1−p)).
            var turned = (1 - rate) * p;
            var gain = (turned > 0 ? turned * Math.Log(turned / p) : 0) + ((1 - turned) * Math.Log((1 - turned) / (1 - p)));
            var evidence = gain * records * precision / (precision + (records * p * (1 - p)));
            if (evidence >= needed)
                return new SmallestAttack(rate, rate * positives);
        }

        return null;
    }
}
