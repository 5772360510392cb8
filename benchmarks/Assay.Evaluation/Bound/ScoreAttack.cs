namespace Assay.Evaluation.Bound;

/// <summary>After 2,000 records of 8 writers one record in 10 of the attacker is poison, with scores 3 standard deviations higher.</summary>
public sealed class ScoreAttack : Attack
{
    private const double PoisonShare = 0.1;
    private const double PoisonShift = 3;
    private const long CleanRecords = 2000;

    public override string Evidence => "conformal";

    public int N { get; init; } = 5000;

    public double Contaminated { get; init; }

    public double Phi { get; init; }

    public int Every { get; init; } = 1;

    public bool Whitened { get; init; }

    protected override long Most => 400_000;

    protected override ICleanStream Stream(int seed, Course course)
    {
        var poison = new Random(seed);
        var records = 0L;
        return new ConformalStream(N, seed)
        {
            PerReference = long.MaxValue,
            Contaminated = Contaminated,
            Phi = Phi,
            Every = Every,
            Whitened = Whitened,
            Posture = Posture(),
            Shift = writer =>
            {
                course.Begun = ++records > CleanRecords;
                if (!course.Begun || writer != 0 || poison.NextDouble() >= PoisonShare)
                    return 0;
                course.Leaked++;
                return PoisonShift;
            },
        };
    }
}
