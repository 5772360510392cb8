using Assay.Contracts.Evidence;
using Assay.Contracts.State;
using Assay.Detection.LabelSlices;

namespace Assay.Detection.Tests.LabelSlices;

public class LabelSlicesDetectorTests
{
    [Fact]
    public void Score_WhenAWriterStartsToFlip_AccusesItAndNamesTheSlice()
    {
        var cohort = new Cohort(4, 1);
        for (var i = 0; i < 12_000; i++)
            Assert.True(cohort.Step().Mass < 100_000);
        var flips = 0;
        cohort.Flips = (writer, colour) => writer == 2 && colour == "red" && ++flips > 0;
        for (var i = 0; i < 4000; i++)
        {
            var (identity, mass) = cohort.Step();
            if (mass < 100_000)
                continue;
            Assert.Equal("w2", identity);
            Assert.Equal("colour=red", cohort.Detector.Subject("w2", cohort.HeaviestSlot("w2")));
            Assert.Contains("label fraud is going missing where colour=red", cohort.Detector.Sentence("w2", cohort.HeaviestSlot("w2")), StringComparison.Ordinal);
            Assert.InRange(flips, 5, 40);
            return;
        }

        Assert.Fail("not caught");
    }

    /// <summary>Also while somebody attacks, and whatever the record: nothing that a score depends on is left out of the state.</summary>
    [Fact]
    public void Read_AfterWrite_GoesOnAsIfUninterrupted()
    {
        var (cohort, restored) = (new Cohort(4, 1), new Cohort(4, 1));
        var spoke = 0;
        for (var i = 0; i < 7_000; i++)
        {
            if (i == 5_000)
                cohort.Flips = restored.Flips = (writer, colour) => writer == 2 && colour == "red";
            var state = new StateWriter();
            restored.Detector.Write(state);
            var reader = new StateReader(state.Written);
            restored.Detector = new LabelSlicesDetector(new LabelSlicesOptions());
            restored.Detector.Read(ref reader, restored.Detector.StateVersion);
            restored.Detector.Use(restored.View, "shard");

            Assert.Equal(cohort.Step(), restored.Step());
            Assert.Equal(cohort.Finding.Score, restored.Finding.Score);
            spoke += cohort.Finding.Count > 0 ? 1 : 0;
        }

        Assert.InRange(spoke, 1_000, 7_000);
    }

    [Fact]
    public void Score_WhenAWriterWasAlwaysDifferent_AccusesNobody()
    {
        var cohort = new Cohort(4, 2) { Difference = (writer, colour) => writer == 1 && colour == "red" ? -1.5 : writer == 3 ? 0.7 : 0 };
        for (var i = 0; i < 30_000; i++)
            Assert.True(cohort.Step().Mass < 100_000);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(4, false)]
    [InlineData(4, true)]
    public void Score_WhenTheStreamIsClean_CrossesAtMostAsOftenAsStated(int writers, bool differ)
    {
        const double A = 300;
        const int Records = 45_000;
        var cohort = new Cohort(writers, 3);
        if (differ)
            cohort.Difference = (writer, colour) => (0.5 * (writer - 1.5)) + (colour == "blue" ? 0.8 * (writer % 2) : 0);
        var crossings = 0;
        for (var i = 0; i < Records; i++)
        {
            var (identity, mass) = cohort.Step();
            if (mass < A)
                continue;
            crossings++;
            cohort.Reset(identity);
        }

        Assert.InRange(crossings, 0, Records / A);
    }

    [Fact]
    public void Score_WhenTheWriterOrTheCohortIsNew_SaysNothing()
    {
        var cohort = new Cohort(2, 4);
        for (var i = 0; i < 4000; i++)
        {
            cohort.Step();
            Assert.Equal(0, cohort.Finding.Count);
        }

        for (var i = 0; i < 1000; i++)
            cohort.Step();
        Assert.True(cohort.Finding.Count > 0);
        var record = cohort.Next(99);
        var finding = new Finding();
        cohort.Detector.Score(record, finding);
        Assert.Equal(0, finding.Count);
    }

    [Fact]
    public void Score_WhateverTheRecord_HandsOutAtMostOneUnitOfStartMass()
    {
        var cohort = new Cohort(3, 5);
        for (var i = 0; i < 8000; i++)
        {
            cohort.Step();
            var sum = 0.0;
            foreach (var e in cohort.Finding.Evidence)
            {
                sum += e.Weight;
                Assert.True(e.Value > 0 && double.IsFinite(e.Value));
            }

            Assert.InRange(sum, 0, 1 + 1e-9);
        }
    }

    [Fact]
    public void Score_WhenOtherRecordsAreScoredBetween_IsTheSame()
    {
        var plain = new Cohort(3, 6);
        var probed = new Cohort(3, 6);
        var probes = new Cohort(3, 66);
        var finding = new Finding();
        for (var i = 0; i < 6000; i++)
        {
            var a = plain.Step();
            finding.Clear();
            probed.Detector.Score(probes.Next(i % 3), finding);
            Assert.Equal(a, probed.Step());
        }

        Assert.Equal(Written(plain.Detector), Written(probed.Detector));
    }

    [Fact]
    public void Read_WhenWrittenHalfWay_GoesOnAsIfUninterrupted()
    {
        var straight = new Cohort(3, 7);
        var broken = new Cohort(3, 7);
        for (var i = 0; i < 8000; i++)
        {
            if (i == 5250)
            {
                var reader = new StateReader(Written(broken.Detector));
                broken.Detector = new LabelSlicesDetector(new LabelSlicesOptions());
                broken.Detector.Read(ref reader, straight.Detector.StateVersion);
                Assert.Equal(0, reader.Remaining);
                straight.Turn();
                broken.Turn();
            }

            Assert.Equal(straight.Step(), broken.Step());
        }

        Assert.Equal(Written(straight.Detector), Written(broken.Detector));
    }

    [Fact]
    public void Observe_WhenWritersAndValuesNeverEnd_StaysWithinTheCap()
    {
        var options = new LabelSlicesOptions { MaxShardSlices = 2000, MaxSlices = 100, MaxPending = 100 };
        var cohort = new Cohort(3, 8, options);
        for (var i = 0; i < 1000; i++)
            cohort.Step();
        for (var i = 0; i < 20_000; i++)
        {
            var record = cohort.Next(i);
            record.Attributes.Add("order", $"o{i}");
            cohort.Detector.Observe(record);
            cohort.Detector.Learn(record);
        }

        Assert.InRange(cohort.Detector.MemoryBytes, 1, 4 << 20);
        Assert.True(cohort.Detector.Unmonitored > 0);
    }

    [Fact]
    public void Score_InSteadyState_DoesNotAllocate()
    {
        var cohort = new Cohort(2, 9);
        for (var i = 0; i < 6000; i++)
            cohort.Step();
        var record = cohort.Next(1);
        var finding = new Finding();
        for (var i = 0; i < 100; i++)
        {
            record.Offset++;
            finding.Clear();
            cohort.Detector.Score(record, finding);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            record.Offset++;
            finding.Clear();
            cohort.Detector.Score(record, finding);
            cohort.Detector.Observe(record);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(finding.Count > 0);
    }

    private static byte[] Written(LabelSlicesDetector detector)
    {
        var writer = new StateWriter();
        detector.Write(writer);
        return writer.Written.ToArray();
    }
}
