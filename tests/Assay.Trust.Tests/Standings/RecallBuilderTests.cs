using Assay.Contracts.Trust;
using Assay.Trust.Standings;

namespace Assay.Trust.Tests.Standings;

public class RecallBuilderTests
{
    [Fact]
    public void Since_WhenSeveralShardsHaveEvidence_NamesARangeForEach()
    {
        var given = new Given().Trusted();
        given.Reports(900, 200, "s1");
        given.Reports(90, 100, "s2");
        given.Reports(1, 50, "s3");
        var recall = RecallBuilder.Since(given.State.Key, given.State.Evidence, 7)!;
        Assert.Equal((7L, "s1-100", "s1-200", 150L), (recall.Epoch, recall.From, recall.To, recall.Records));
        Assert.Equal([new RecallRange("topic", 0, 100, 200), new RecallRange("topic", 0, 50, 100)], recall.Ranges);
    }

    [Fact]
    public void Since_WhenNothingWasAdmitted_IsNull()
    {
        var given = new Given().Trusted();
        given.Machine.Report(given.State, given.Report(900, 200) with { AdmittedSinceOnset = 0 });
        Assert.Null(RecallBuilder.Since(given.State.Key, given.State.Evidence, 1));
    }
}
