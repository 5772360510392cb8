using Assay.Contracts.State;
using Assay.Contracts.Trust;
using Assay.Trust.Standings;

namespace Assay.Trust.Tests.Standings;

public class QuarantineBreakerTests
{
    private static readonly StandingOptions Options = new() { CleanRecordsPerFalseQuarantine = 1000, BreakerWindow = 10_000, BreakerMinimum = 2 };

    [Fact]
    public void Allow_WhenOneOfEightIsSuspect_Allows()
    {
        var breaker = new QuarantineBreaker(Options);
        Assert.True(breaker.Allow(Key(0), 1000, 8, 8000));
        Assert.False(breaker.Open);
    }

    [Fact]
    public void Allow_WhenTheOnlyWriterOfACohortIsSuspect_Allows()
    {
        Assert.True(new QuarantineBreaker(Options).Allow(Key(0), 1000, 1, 1000));
    }

    [Fact]
    public void Allow_WhenTheInnocentStandOutAgainstACollusion_AccusesNoneOfThem()
    {
        // 6 of 10 collude; the 4 others look like changes, and rise together: when the first reaches A, all are above a tenth of it.
        var breaker = new QuarantineBreaker(Options);
        for (var i = 0; i < 4; i++)
            breaker.Note(Key(i), 150 + (100 * i), 1000, 0);
        Assert.False(breaker.Allow(Key(3), 1000, 10, 10_000));
        Assert.Equal(4, breaker.Suspects.Count());
        Assert.False(breaker.Allow(Key(0), 1000, 10, 10_500));
    }

    [Fact]
    public void Allow_WhenQuarantinesFollowQuickly_OpensAndNamesTheEarlierOnesToo()
    {
        var breaker = new QuarantineBreaker(Options);
        Assert.True(breaker.Allow(Key(0), 1000, 8, 8000));
        Assert.True(breaker.Allow(Key(1), 1000, 8, 9000));
        Assert.False(breaker.Allow(Key(2), 1000, 8, 10_000));
        Assert.Equal(["w0", "w1", "w2"], breaker.Suspects.Select(s => s.Identity));
    }

    [Fact]
    public void Allow_WhenQuarantinesLieFarApart_Allows()
    {
        var breaker = new QuarantineBreaker(Options);
        for (var i = 0; i < 8; i++)
            Assert.True(breaker.Allow(Key(i), 1000, 8, 8000 + (i * 10_001)));
    }

    [Fact]
    public void Allow_WhenTheSuspectsWriteMostOfTheTraffic_Opens()
    {
        var breaker = new QuarantineBreaker(Options);
        breaker.Note(Key(1), 500, 4000, 0);
        Assert.False(breaker.Allow(Key(0), 4000, 1000, 10_000));
    }

    [Fact]
    public void Allow_WhenNothingIsKnownOfTheCohort_CountsTheSuspectsThemselves()
    {
        var breaker = new QuarantineBreaker(Options);
        Assert.True(breaker.Allow(Key(0), 1000, 0, 0));
        Assert.False(breaker.Allow(Key(1), 1000, 0, 0));
        Assert.True(breaker.IsSuspect(Key(0)));
        Assert.False(breaker.IsSuspect(Key(2)));
    }

    [Fact]
    public void Note_WhenTheEvidenceFades_NoLongerCounts()
    {
        var breaker = new QuarantineBreaker(Options);
        foreach (var mass in (double[])[150, 50])
        {
            for (var i = 1; i < 5; i++)
                breaker.Note(Key(i), mass, 1000, 0);
        }

        Assert.True(breaker.Allow(Key(0), 1000, 8, 8000));
    }

    [Fact]
    public void Allow_WhenASuspectRoseBeforeTheWindow_CountsItNoLonger()
    {
        var breaker = new QuarantineBreaker(Options);
        breaker.Note(Key(1), 150, 1000, 8000);
        breaker.Note(Key(1), 160, 1500, 12_000);
        Assert.True(Reopened(breaker).IsSuspect(Key(1)));
        Assert.False(Reopened(breaker).Allow(Key(0), 1000, 5, 18_000));
        Assert.True(Reopened(breaker).Allow(Key(0), 1000, 5, 18_001));
        breaker.Note(Key(1), 0, 2000, 15_000);
        breaker.Note(Key(1), 150, 2500, 16_000);
        Assert.False(breaker.Allow(Key(0), 1000, 5, 18_001));
    }

    [Theory]
    [InlineData(3, 1, false)]
    [InlineData(4, 1, false)]
    [InlineData(5, 1, true)]
    [InlineData(5, 2, false)]
    [InlineData(8, 2, false)]
    public void Allow_ByDefault_NeedsThreeSuspectsOrHalfOfASmallCohort(int cohort, int others, bool allowed)
    {
        var breaker = new QuarantineBreaker(new StandingOptions());
        for (var i = 1; i <= others; i++)
            breaker.Note(Key(i), 20_000, 1000, 9000);
        Assert.Equal(allowed, breaker.Allow(Key(0), 1000, cohort, 10_000));
    }

    [Fact]
    public void Close_AfterAnAlarm_StartsAfresh()
    {
        var breaker = new QuarantineBreaker(Options);
        breaker.Note(Key(1), 500, 4000, 0);
        breaker.Allow(Key(0), 4000, 2, 8000);
        var copy = Reopened(breaker);
        Assert.True(copy.Open);
        Assert.Equal(2, copy.Suspects.Count());
        copy.Close();
        Assert.True(copy.Allow(Key(0), 100, 8, 8000));
    }

    [Fact]
    public void Read_OfVersion1_KnowsWhoWasQuarantinedAndWhen()
    {
        var writer = new StateWriter();
        writer.Bool(false);
        writer.Varint(2);
        foreach (var (key, at) in (ReadOnlySpan<(string, long)>)[("w0", 8000), ("w1", -1)])
        {
            writer.String(key);
            writer.Int64(1000);
            writer.Int64(at);
        }

        var breaker = new QuarantineBreaker(Options);
        var reader = new StateReader(writer.Written);
        breaker.Read(ref reader, 1);
        Assert.Equal(0, reader.Remaining);
        breaker.Note(Key(0), 0, 1000, 9000);
        breaker.Note(Key(1), 0, 1000, 9000);
        Assert.Equal((true, false), (breaker.IsSuspect(Key(0)), breaker.IsSuspect(Key(1))));
        Assert.True(breaker.Allow(Key(2), 1000, 8, 18_001));
        Assert.False(breaker.IsSuspect(Key(0)));
    }

    private static StandingKey Key(int i) => new($"w{i}");

    private static QuarantineBreaker Reopened(QuarantineBreaker breaker)
    {
        var writer = new StateWriter();
        breaker.Write(writer);
        var copy = new QuarantineBreaker(Options);
        var reader = new StateReader(writer.Written);
        copy.Read(ref reader, copy.StateVersion);
        Assert.Equal(0, reader.Remaining);
        return copy;
    }
}
