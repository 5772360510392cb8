using System.Globalization;
using Assay.Contracts.Verdicts;
using Assay.Host.Live;
using Microsoft.Extensions.Time.Testing;
using static Assay.Host.Tests.Live.Flows;

namespace Assay.Host.Tests.Live;

/// <summary>Measures the heap, so nothing else may run beside it.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class HeapMeasurement
{
    public const string Name = "heap measurement";
}

[Collection(HeapMeasurement.Name)]
public class FlowBoardMemoryTests
{
    [Fact]
    public void Judged_WhenAMillionIdentitiesAndSourcesCome_StaysWithinItsCaps()
    {
        var options = new FlowBoardOptions { Sources = 100, Remembered = 1_000, Events = 64 };
        var board = new FlowBoard(new FakeTimeProvider(), options);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        const int Identities = 1_000_000;
        for (var i = 0; i < Identities; i++)
        {
            var name = i.ToString(CultureInfo.InvariantCulture);
            board.Judged("t", 0, "source-" + name, [Of(i % 2 == 0 ? VerdictKind.Hold : VerdictKind.DeadLetter, "id-" + name, i, "why " + (char)('a' + i % 26))]);
        }

        var flow = board.Snapshot();
        Assert.Equal(Identities, flow.Totals.Records);
        Assert.Equal(101, flow.Sources.Count);
        Assert.Equal(Identities - 100, flow.Sources.Single(s => s.Source == FlowBoard.OtherSources).Counts.Records);
        Assert.Equal(50, flow.Notable.Count);
        Assert.Equal(64, board.EventsAfter(0).Count);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 2_000_000);
        GC.KeepAlive(board);
    }
}
