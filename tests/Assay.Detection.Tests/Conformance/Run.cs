using Assay.Contracts.Evidence;
using Assay.Contracts.State;

namespace Assay.Detection.Tests.Conformance;

/// <summary>Drives one detector as a source grain does.</summary>
internal static class Run
{
    public static IDetector Create(string id)
    {
        var factory = DetectorCatalog.Get(id);
        return factory.Create(Activator.CreateInstance(factory.OptionsType)!);
    }

    /// <summary>Score, observe, and learn unless a rule spoke or the score is high.</summary>
    public static (double Score, string? Rule) Step(IDetector detector, Record record, Finding finding)
    {
        finding.Clear();
        detector.Score(record, finding);
        detector.Observe(record);
        if (finding.Rule is null && finding.Score < 4)
            detector.Learn(record);
        return (finding.Score, finding.Rule);
    }

    public static List<(double Score, string? Rule)> Mixed(IDetector detector, int from, int to)
    {
        var record = new Record();
        var finding = new Finding();
        var random = new Random(7);
        var results = new List<(double, string?)>();
        for (var i = 0; i < to; i++)
        {
            Streams.Mixed(random, i, record);
            if (i >= from)
                results.Add(Step(detector, record, finding));
        }

        return results;
    }

    public static byte[] Snapshot(IDetector detector)
    {
        var writer = new StateWriter();
        detector.Write(writer);
        return writer.Written.ToArray();
    }

    public static IDetector Restore(string id, byte[] state)
    {
        var detector = Create(id);
        var reader = new StateReader(state);
        detector.Read(ref reader, detector.StateVersion);
        Assert.Equal(0, reader.Remaining);
        return detector;
    }
}
