using Assay.Evaluation.Bound;

namespace Assay.Trust.Tests.Bound;

/// <summary>
/// The simulations of <c>bound</c> (docs/evaluation.md) on fewer records: false quarantines on clean streams, beside T/A. T/A is 600, so that the 95 %
/// upper limit lies 7 % above what is counted.
/// </summary>
public class BoundTests
{
    private const double A = 100;
    private const int Seed = 20_261;
    private const long Records = 60_000;

    public static TheoryData<string> Kept { get; } = [.. BoundCases.All.Where(c => c.Claim == Claim.Holds).Select(c => c.ToString())];

    public static TheoryData<string> Broken { get; } = [.. BoundCases.All.Where(c => c.Claim == Claim.Control).Select(c => c.ToString())];

    [Theory, MemberData(nameof(Kept))]
    public void Fleet_WhenRecordsAreClean_QuarantinesAtMostAsOftenAsStated(string name)
    {
        var tally = BoundCases.All.Single(c => c.ToString() == name).Run(A, Seed, Records);
        Assert.True(tally.Kept, $"{tally.Quarantines} false quarantines, T/A = {tally.Stated:0}");
    }

    [Theory, MemberData(nameof(Broken))]
    public void Fleet_WhenTheBoundIsBrokenOnPurpose_Shows(string name)
    {
        var tally = BoundCases.All.Single(c => c.ToString() == name).Run(A, Seed, Records);
        Assert.False(tally.Kept, $"{tally.Quarantines} false quarantines, T/A = {tally.Stated:0}");
    }
}
