namespace Assay.Evaluation.Bound;

/// <summary>Writer 0 of a fleet turns bad; how much is admitted before its quarantine. A = 100,000.</summary>
public abstract class Attack
{
    public const double A = 1e5;

    private const string Attacker = "w0";

    public required string Name { get; init; }

    public abstract string Evidence { get; }

    /// <summary>Posture weight of the attacker; the others have 1.</summary>
    public double Weight { get; init; } = 1;

    /// <returns>Poisoned records before the quarantine; null where there was none.</returns>
    public int? Leak(int seed)
    {
        var course = new Course();
        var fleet = new Fleet(Stream(seed, course), A);
        while (!course.Begun)
            fleet.Step();
        var before = fleet.QuarantinesOf(Attacker);
        while (fleet.Records < Most && fleet.QuarantinesOf(Attacker) == before)
            fleet.Step();
        return fleet.QuarantinesOf(Attacker) > before ? course.Leaked : null;
    }

    /// <summary>Records of the fleet after which an attack has not been caught.</summary>
    protected abstract long Most { get; }

    protected abstract ICleanStream Stream(int seed, Course course);

    protected Posture Posture() => new([Weight, 1, 1, 1, 1, 1, 1, 1]);

    protected sealed class Course
    {
        public bool Begun { get; set; }

        public int Leaked { get; set; }
    }
}
