using Assay.Contracts.State;
using Assay.Detection.Reference;

namespace Assay.Detection.Tests.Reference;

public class LabelTrainerTests
{
    private static readonly ulong[] Slice = [1, 77];

    [Fact]
    public void Apply_WhenAContributionIsRepeated_LearnsItOnce()
    {
        var once = new LabelTrainer(new LabelReferenceOptions());
        var often = new LabelTrainer(new LabelReferenceOptions());
        var first = Contribution("s", 0, 500, "a", 0.5, 1);
        var second = Contribution("s", 400, 600, "a", 0.5, 2);
        once.Apply(first);
        once.Apply(Contribution("s", 500, 500, "a", 0.5, 2, skip: 100));
        foreach (var contribution in (LabelContribution[])[first, first, second, first, second])
            often.Apply(contribution);
        Assert.Equal(Written(once), Written(often));
    }

    [Fact]
    public void Publish_WhenAnOwnerContributes_LeavesItOutOfItsOwnFold()
    {
        var trainer = new LabelTrainer(new LabelReferenceOptions());
        foreach (var owner in (string[])["b", "c", "d", "a"])
            trainer.Apply(Contribution($"shard-{owner}", 0, 1000, owner, owner == "a" ? 0.95 : 0.3, 3));
        var view = trainer.Publish();
        double Odds(string owner) => view.LogOdds(view.FoldOf(owner), Slice);
        Assert.InRange(Odds("a"), -1.3, -0.4);
        Assert.True(Odds("b") > Odds("a") + 0.4);
        Assert.Equal(4, view.Folds.Values.Distinct().Count());
    }

    [Fact]
    public void Publish_WhenOneOwnerFloods_CapsItsWeight()
    {
        // Five equal owners at 30 %; the sixth floods with positives only. Uncapped it would make up 90 % of a fold.
        var trainer = new LabelTrainer(new LabelReferenceOptions());
        for (var round = 0; round < 20; round++)
        {
            foreach (var owner in (string[])["a", "b", "c", "d", "e"])
                trainer.Apply(Contribution($"s-{owner}", round * 50, 50, owner, 0.3, round));
            trainer.Apply(Contribution("s-flood", round * 2000, 2000, "flood", 1, round));
        }

        var view = trainer.Publish();
        var p = 1 / (1 + Math.Exp(-view.LogOdds(view.FoldOf("a"), Slice)));
        Assert.InRange(p, 0.3, 0.75);
    }

    [Fact]
    public void Publish_WhenNewNamesFlood_LearnsNothingOfThem()
    {
        var trainer = new LabelTrainer(new LabelReferenceOptions());
        for (var o = 0; o < 8; o++)
            trainer.Apply(Contribution($"s{o}", 0, 600, $"o{o}", 0.3, o));
        var before = trainer.Publish();
        for (var n = 0; n < 5000; n++)
            trainer.Apply(Contribution("flood", n, 1, $"new-{n}", 1, n));
        Assert.Equal(Odds(before), Odds(trainer.Publish()));

        // The state knows who is new.
        var reader = new StateReader(Written(trainer));
        var restored = new LabelTrainer(new LabelReferenceOptions());
        restored.Read(ref reader, 1);
        restored.Apply(Contribution("flood", 5000, 1, "new-0", 1, 0));
        Assert.Equal(Odds(before), Odds(restored.Publish()));

        // One that stays is learned from.
        trainer.Apply(Contribution("late", 0, 99, "late", 1, 9));
        Assert.Equal(Odds(before), Odds(trainer.Publish()));
        trainer.Apply(Contribution("late", 99, 500, "late", 1, 10));
        Assert.NotEqual(Odds(before), Odds(trainer.Publish()));

        static double[] Odds(LabelReference view) => [.. Enumerable.Range(0, 4).Select(fold => view.LogOdds(fold, Slice))];
    }

    [Fact]
    public void Publish_WhenOwnersShiftTogether_ShowsTheCommonShiftAndNotOneOwners()
    {
        Assert.InRange(Shift([10, 10, 10, 10])!.Value, 0.2, 0.5);
        Assert.Equal(0, Shift([0, 0, 40, 0])!.Value, 6);

        // Of two owners one alone moves nothing, nor do two that part.
        Assert.InRange(Shift([10, 10])!.Value, 0.2, 0.5);
        Assert.InRange(Shift([10, 40])!.Value, 0.2, 0.5);
        Assert.Equal(0, Shift([0, 40])!.Value, 6);
        Assert.Equal(0, Shift([-10, 10])!.Value, 6);
        Assert.Null(Shift([10]));
    }

    [Fact]
    public void Publish_BeforeTwoLabels_HasNoPositiveAndThenTheRarerForEver()
    {
        var trainer = new LabelTrainer(new LabelReferenceOptions());
        trainer.Apply(Contribution("s", 0, 300, "a", 0, 1));
        Assert.Null(trainer.Publish().Positive);
        trainer.Apply(Contribution("s", 300, 300, "a", 0.2, 1));
        Assert.Equal("yes", trainer.Publish().Positive);
        trainer.Apply(Contribution("s", 600, 3000, "a", 0.9, 1));
        Assert.Equal("yes", trainer.Publish().Positive);
    }

    [Fact]
    public void Read_WhenWrittenHalfWay_PublishesTheSameViews()
    {
        var straight = new LabelTrainer(new LabelReferenceOptions());
        var broken = new LabelTrainer(new LabelReferenceOptions());
        for (var i = 0; i < 20; i++)
        {
            if (i == 10)
            {
                var reader = new StateReader(Written(broken));
                broken = new LabelTrainer(new LabelReferenceOptions());
                broken.Read(ref reader, 1);
                Assert.Equal(0, reader.Remaining);
            }

            foreach (var trainer in (LabelTrainer[])[straight, broken])
            {
                trainer.Apply(Contribution($"s{i % 3}", i / 3 * 100, 100, $"o{i % 3}", 0.4, i));
                trainer.Publish();
            }
        }

        Assert.Equal(Written(straight), Written(broken));
        Assert.Equal(straight.Publish().LogOdds(1, Slice), broken.Publish().LogOdds(1, Slice));
    }

    private static double? Shift(double[] scores)
    {
        var trainer = new LabelTrainer(new LabelReferenceOptions());
        for (var o = 0; o < scores.Length; o++)
            trainer.Apply(Contribution($"s{o}", 0, 100, $"o{o}", 0.5, o) with { Residuals = [new OwnerResidual(0, scores[o], 25)] });
        return trainer.Publish().Shift;
    }

    private static LabelContribution Contribution(string shard, long first, int count, string owner, double positives, int seed, int skip = 0)
    {
        var random = new Random(seed);
        for (var i = 0; i < skip; i++)
            random.NextDouble();
        var examples = new LabelExample[count];
        for (var i = 0; i < count; i++)
            examples[i] = new LabelExample(0, random.NextDouble() < positives ? 1 : 0, i * Slice.Length, Slice.Length);
        ulong[] slices = [.. Enumerable.Repeat(Slice, count).SelectMany(s => s)];
        return new LabelContribution(shard, first, [owner], ["no", "yes"], examples, slices, []);
    }

    private static byte[] Written(LabelTrainer trainer)
    {
        var writer = new StateWriter();
        trainer.Write(writer);
        return writer.Written.ToArray();
    }
}
