using Assay.Evaluation.Bound;

namespace Assay.Trust.Tests.Bound;

/// <summary>What posture is for: whoever has a bad one is caught earlier, at the expense of the others' share of the budget, never of the budget.</summary>
public class PostureTests
{
    private const int Runs = 60;

    [Fact]
    public void Attack_WhenItsPostureIsBad_LeaksLess()
    {
        var usual = MeanLeak(1);
        var bad = MeanLeak(4);
        var good = MeanLeak(0.25);
        Assert.True(bad < 0.95 * usual && usual < 0.95 * good, $"leak {bad:0.0} of bad, {usual:0.0} of usual, {good:0.0} of good posture");
    }

    private static double MeanLeak(double weight)
    {
        var attack = new ScoreAttack { Name = "posture", Weight = weight };
        return Enumerable.Range(0, Runs).Average(attack.Leak) ?? throw new InvalidOperationException("No attack was caught.");
    }
}
