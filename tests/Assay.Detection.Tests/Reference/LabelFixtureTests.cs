using System.Runtime.CompilerServices;
using Assay.Contracts.State;
using Assay.Detection.Reference;

namespace Assay.Detection.Tests.Reference;

/// <summary>
/// What shards and cohorts tell each other of labels, and what a cohort keeps, as every shipped version wrote it: silos of two versions work together
/// during a rollout. <c>ASSAY_WRITE_FIXTURES=1</c> writes a file that is missing; none is ever written again.
/// </summary>
public class LabelFixtureTests
{
    private const string Owner = "writer-é";
    private static readonly ulong[] Slice = [1, 77];

    [Fact]
    public void Read_OfAContributionOfVersion1_HasItsExamplesAndResiduals()
    {
        var bytes = Fixture("label-contribution.v1.bin", () => LabelContributionFormat.Write(Contribution(first: 40, count: 60)));
        var read = LabelContributionFormat.Read(bytes);
        Assert.Equal(("loans/0/desk", 40L, 60, 120), (read.Shard, read.First, read.Examples.Length, read.Slices.Length));
        Assert.Equal([Owner, "other"], read.Owners);
        Assert.Equal(["no", "yes"], read.Labels);
        Assert.Equal(new LabelExample(1, 0, 2, 2), read.Examples[1]);
        Assert.Equal(new OwnerResidual(1, -2.5, 12), Assert.Single(read.Residuals));
        Assert.Equal(bytes, LabelContributionFormat.Write(read));
    }

    [Fact]
    public void Read_OfAReferenceOfFormat1_KnowsItsFoldsAndHowFarItHasLearned()
    {
        var bytes = Fixture("label-reference.v1.bin", () => LabelReferenceFormat.Write(Trained().Publish()));
        var read = LabelReferenceFormat.Read(bytes);
        Assert.Equal((1L, "yes"), (read.Version, read.Positive));
        Assert.Equal(1000, read.Applied["loans/0/desk"]);
        Assert.Equal(["other", Owner], read.Folds.Keys.Order(StringComparer.Ordinal));
        Assert.True(double.IsFinite(read.LogOdds(read.FoldOf(Owner), Slice)));
        Assert.Equal(bytes, LabelReferenceFormat.Write(read));
    }

    [Fact]
    public void Read_OfATrainerOfVersion1_LearnsOnAndNothingTwice()
    {
        var bytes = Fixture("label-trainer.v1.bin", () => Written(Trained()));
        var trainer = new LabelTrainer(new LabelReferenceOptions());
        var reader = new StateReader(bytes);
        trainer.Read(ref reader, 1);
        Assert.Equal(0, reader.Remaining);
        Assert.Equal(bytes, Written(trainer));

        // The last 600 are known, and 40 of these are new.
        trainer.Apply(Contribution(first: 400, count: 600));
        Assert.Equal(bytes, Written(trainer));
        trainer.Apply(Contribution(first: 400, count: 640));
        Assert.Equal(1040, trainer.Publish().Applied["loans/0/desk"]);
    }

    private static LabelTrainer Trained()
    {
        var trainer = new LabelTrainer(new LabelReferenceOptions());
        trainer.Apply(Contribution(first: 0, count: 400));
        trainer.Apply(Contribution(first: 400, count: 600));
        return trainer;
    }

    private static LabelContribution Contribution(long first, int count)
    {
        var examples = new LabelExample[count];
        for (var i = 0; i < count; i++)
            examples[i] = new LabelExample(i % 2, (first + i) % 3 == 0 ? 1 : 0, i * Slice.Length, Slice.Length);
        return new LabelContribution(
            "loans/0/desk", first, [Owner, "other"], ["no", "yes"], examples, [.. Enumerable.Repeat(Slice, count).SelectMany(s => s)], [new OwnerResidual(1, -2.5, 12)]);
    }

    private static byte[] Written(LabelTrainer trainer)
    {
        var writer = new StateWriter();
        trainer.Write(writer);
        return writer.Written.ToArray();
    }

    private static byte[] Fixture(string name, Func<byte[]> write, [CallerFilePath] string here = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(here)!, "..", "Fixtures", name);
        if (!File.Exists(path) && Environment.GetEnvironmentVariable("ASSAY_WRITE_FIXTURES") == "1")
            File.WriteAllBytes(path, write());
        return File.ReadAllBytes(path);
    }
}
