using Assay.Contracts.State;
using Assay.Detection.Statistics;

namespace Assay.Detection.Tests.Conformance;

/// <summary>
/// States as every shipped version wrote them, kept for ever: <c>Fixtures/{id}.v{version}.bin</c>. A version without a fixture is written
/// by running with <c>ASSAY_WRITE_FIXTURES=1</c>; one that exists is never overwritten.
/// </summary>
public sealed class StateFixtures
{
    public static TheoryData<string> Ids => DetectorConformance.Ids;

    [Theory, MemberData(nameof(Ids))]
    public void Read_WhenTheStateIsOfAnyShippedVersion_IsUsable(string id)
    {
        var current = Run.Create(id).StateVersion;
        for (var version = 1; version <= current; version++)
        {
            var state = Fixture(id, version, () =>
            {
                var writer = Run.Create(id);
                Run.Mixed(writer, 0, 700);
                return Run.Snapshot(writer);
            });
            var detector = Run.Create(id);
            var reader = new StateReader(state);
            detector.Read(ref reader, version);
            Assert.Equal(0, reader.Remaining);
            Assert.All(Run.Mixed(detector, 700, 1000), r => Assert.True(double.IsFinite(r.Score)));
            if (version == current)
                Assert.Equal(state, Run.Snapshot(Run.Restore(id, state)));
        }
    }

    [Fact]
    public void Read_WhenSourceStatisticsAreOfVersion1_KeepsTheCounts()
    {
        var state = Fixture("source-statistics", 1, () =>
        {
            var statistics = new SourceStatistics();
            SourceStatisticsTests.Feed(statistics, 0, 700);
            return SourceStatisticsTests.Snapshot(statistics);
        });
        var restored = new SourceStatistics();
        var reader = new StateReader(state);
        restored.Read(ref reader, 1);
        Assert.Equal(0, reader.Remaining);
        Assert.Equal(700, restored.Records);
        Assert.Equal(state, SourceStatisticsTests.Snapshot(restored));
    }

    private static byte[] Fixture(string id, int version, Func<byte[]> write)
    {
        var path = Path.Combine(Folder(), $"{id}.v{version}.bin");
        if (!File.Exists(path) && Environment.GetEnvironmentVariable("ASSAY_WRITE_FIXTURES") == "1")
            File.WriteAllBytes(path, write());
        return File.ReadAllBytes(path);
    }

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Streaming.sln")))
            folder = folder.Parent;
        return Path.Combine(folder.FullName, "tests", "Assay.Detection.Tests", "Fixtures");
    }
}
