namespace Assay.Evaluation.Bound;

/// <summary>After 24,000 records of 8 writers the attacker turns 3 in 10 of its positives where the colour is red.</summary>
public sealed class LabelAttack : Attack
{
    private const long CleanRecords = 24_000;
    private const double FlipRate = 0.3;

    public override string Evidence => "label-slices";

    public double Contaminated { get; init; }

    public double Phi { get; init; }

    public int Every { get; init; } = 1;

    protected override long Most => 3 * CleanRecords;

    protected override ICleanStream Stream(int seed, Course course)
    {
        var turns = new Random(seed);
        return new LabelStream(seed)
        {
            Threshold = A,
            Contaminated = Contaminated,
            LabelPhi = Phi,
            Every = Every,
            Posture = Posture(),
            Turns = (now, writer, colour) =>
            {
                course.Begun = now >= CleanRecords;
                if (!course.Begun || writer != 0 || colour != "red" || turns.NextDouble() >= FlipRate)
                    return false;
                course.Leaked++;
                return true;
            },
        };
    }
}
