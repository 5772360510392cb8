using Assay.Contracts.Evidence;
using Assay.Contracts.State;
using Assay.Contracts.Verdicts;
using Assay.Trust.Records;

namespace Assay.Trust.Tests.Records;

public sealed class RecordPolicyTests
{
    private static readonly RecordPolicyOptions Defaults = new();

    [Fact]
    public void Judge_WhenScoresAreExponential_HoldsTheBudgetsShare()
    {
        // On clean records a score of s digits comes with probability 10^-s: the calibration that detectors aim for.
        var policy = new RecordPolicy(Defaults);
        var random = new Random(11);
        var held = 0;
        const int n = 100_000;
        for (var i = 0; i < n; i++)
            held += Feed(policy, -Math.Log10(1 - random.NextDouble())) == VerdictKind.Hold ? 1 : 0;
        Assert.InRange(held / (double)n, 0.003, 0.0055);
    }

    [Fact]
    public void Judge_WhenScoresRunHigh_StillHoldsAtMostTheBudget()
    {
        var policy = new RecordPolicy(Defaults);
        var random = new Random(12);
        var held = 0;
        const int n = 100_000;
        for (var i = 0; i < n; i++)
            held += Feed(policy, -7 * Math.Log10(1 - random.NextDouble())) == VerdictKind.Hold ? 1 : 0;
        Assert.InRange(held / (double)n, 0.003, 0.0055);
    }

    [Fact]
    public void Judge_WhenEveryScoreIsTheSame_HoldsNothing()
    {
        var policy = new RecordPolicy(Defaults);
        for (var i = 0; i < 20_000; i++)
            Assert.Equal(VerdictKind.Admit, Feed(policy, 9));
    }

    [Fact]
    public void Judge_WhenDataShiftsForGood_StopsHoldingAfterABoundedNumber()
    {
        var policy = new RecordPolicy(Defaults);
        for (var i = 0; i < 50_000; i++)
            Feed(policy, i % 100 / 100.0);
        var held = 0;
        for (var i = 0; i < 50_000; i++)
            held += Feed(policy, 30) == VerdictKind.Hold ? 1 : 0;
        Assert.InRange(held, 50, (int)(Defaults.HoldBudget * 1.45 * Defaults.HalfLife) + 1);
    }

    [Fact]
    public void Judge_WhenTooFewRecordsAreKnown_AdmitsWhateverTheScore()
    {
        var policy = new RecordPolicy(Defaults);
        for (var i = 0; i < 198; i++)
            Assert.Equal(VerdictKind.Admit, Feed(policy, i == 100 ? 60 : 0.1));
    }

    [Fact]
    public void Judge_WhenARuleRejectsAndAnotherHolds_Rejects()
    {
        var hold = new Finding();
        hold.Certain("a", VerdictKind.Hold);
        var reject = new Finding();
        reject.Certain("b", VerdictKind.Reject);
        var policy = new RecordPolicy(Defaults);
        Assert.Equal(VerdictKind.Reject, policy.Judge([hold, reject]).Verdict);
        Assert.Equal(VerdictKind.Reject, policy.Judge([reject, hold]).Verdict);
        Assert.True(policy.Judge([hold]).ByRule);
    }

    [Fact]
    public void Write_ThenRead_ContinuesExactly()
    {
        var random = new Random(5);
        var options = new RecordPolicyOptions { HalfLife = 100 };
        var whole = new RecordPolicy(options);
        // Long enough for the weights to be renormalised.
        for (var i = 0; i < 60_000; i++)
            Feed(whole, random.NextDouble() * 3);
        var restored = new RecordPolicy(options);
        var reader = new StateReader(Bytes(whole));
        restored.Read(ref reader, whole.StateVersion);
        for (var i = 0; i < 5_000; i++)
        {
            var score = random.NextDouble() * 6;
            Assert.Equal(Feed(whole, score), Feed(restored, score));
        }

        Assert.Equal(Bytes(whole), Bytes(restored));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(40)]
    public void Read_WhenBytesEndEarly_Throws(int length)
    {
        var policy = new RecordPolicy(Defaults);
        Feed(policy, 3);
        var bytes = Bytes(policy)[..length];
        Assert.Throws<StateFormatException>(() =>
        {
            var reader = new StateReader(bytes);
            new RecordPolicy(Defaults).Read(ref reader, 1);
        });
    }

    private static VerdictKind Feed(RecordPolicy policy, double score)
    {
        var judgement = policy.Judge([new Finding { Score = score }]);
        policy.Observe(judgement.Verdict, judgement.Score);
        return judgement.Verdict;
    }

    private static byte[] Bytes(RecordPolicy policy)
    {
        var writer = new StateWriter();
        policy.Write(writer);
        return writer.Written.ToArray();
    }
}
