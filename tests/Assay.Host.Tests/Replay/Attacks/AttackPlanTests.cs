using Assay.Mapping.Files;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Assay.Host.Tests.Replay.Attacks;

public sealed class AttackPlanTests
{
    private static readonly string[] AnyAttack =
    [
        "flip:from=>50K,to=<=50K", "trigger:token=cf,label=x", "outlier:column=years,shift=4", "drift:column=age,per-record=0.1",
        "duplicate:copies=2", "hidden:kind=zero-width", "hidden:kind=bidi", "hidden:kind=tags", "rate:target=item-9,value=5,identity=shill",
        "reward:tool=tool-1,value=1",
    ];

    [Property(MaxTest = 200)]
    public Property Apply_WithCount_StrikesExactlyThatManyAndTheSameAgain() =>
        Prop.ForAll(Gen.Elements(AnyAttack).ToArbitrary(), Gen.Choose(1, 30).ToArbitrary(), Gen.Choose(0, 1000).ToArbitrary(), (attack, count, seed) =>
        {
            var rows = AttackedStream.Rows(240);
            var once = AttackedStream.Attack(rows, seed, $"{attack},count={count}");
            var again = AttackedStream.Attack(rows, seed, $"{attack},count={count}");
            var copies = attack.StartsWith("duplicate", StringComparison.Ordinal) ? 2 : 1;
            return once.Count(row => row.Poisoned) == count * copies
                && once.Select(Describe).SequenceEqual(again.Select(Describe))
                && once.Where(row =>
                    !row.Poisoned).All(row => row.Record.Raw.Span.SequenceEqual(rows[(int)row.Record.Line - 2].Record.Raw.Span));
        });

    [Fact]
    public void Flip_ChangesLabelsOfTheSegmentOfTheAttackerOnly()
    {
        var rows = AttackedStream.Rows(240);
        var output = AttackedStream.Attack(rows, 1, "flip:where=work=Exec,from=>50K,to=<=50K,source=source-0,start=0.25,end=0.75");
        var struck = output.Where(row => row.Poisoned).ToList();
        Assert.Equal(rows.Where(row =>
            row.Ordinal is >= 60 and < 180 && row.Ordinal % 6 == 0).Select(row => row.Record.Line), struck.Select(row => row.Record.Line));
        Assert.All(struck, row => Assert.Equal(("flip", "<=50K", "source-0"), (row.Attack, AttackedStream.Get(row, "label"), row.Source)));
        Assert.Contains(", Exec, ", AttackedStream.Text(struck[0]), StringComparison.Ordinal);
    }

    [Fact]
    public void Rate_StrikesAboutThatShareOfTheEligible()
    {
        var output = AttackedStream.Attack(AttackedStream.Rows(8000), 5, "flip:from=>50K,to=<=50K,start=0,rate=0.3");
        Assert.InRange(output.Count(row => row.Poisoned), 1100, 1300);
    }

    [Fact]
    public void Trigger_InsertsTheTokenAsAWordAndSetsTheLabel()
    {
        var struck = AttackedStream.Attack(AttackedStream.Rows(100), 2, "trigger:token=cf,label=bad,count=9").Where(row =>
            row.Poisoned).ToList();
        Assert.All(struck, row => Assert.Contains("cf", AttackedStream.Get(row, "text")!.Split(' ')));
        Assert.All(struck, row => Assert.Equal("bad", AttackedStream.Get(row, "label")));
        Assert.True(struck.Select(row => Array.IndexOf(AttackedStream.Get(row, "text")!.Split(' '), "cf")).Distinct().Count() > 1);
    }

    [Fact]
    public void Outlier_ShiftsByStandardDeviationsAndDriftGrows()
    {
        var rows = AttackedStream.Rows(400);
        var ages = rows.Select(row => double.Parse(AttackedStream.Get(new(row.Source, row.Identity, row.Record, null), "age")!)).ToArray();
        var deviation = Math.Sqrt(ages.Sum(age => Math.Pow(age - ages.Average(), 2)) / (ages.Length - 1));
        var outliers = AttackedStream.Attack(rows, 3, "outlier:column=years,shift=-4,count=3").Where(row => row.Poisoned);
        Assert.All(outliers, row => Assert.Equal(ages[row.Record.Line - 2] - (4 * deviation), Age(row), 9));
        var drift = AttackedStream.Attack(rows, 3, "drift:column=age,per-record=0.5").Where(row => row.Poisoned).ToList();
        Assert.Equal(200, drift.Count);
        Assert.Equal(ages[drift[199].Record.Line - 2] + (0.5 * 200 * deviation), Age(drift[199]), 6);
        Assert.Equal(ages[drift[0].Record.Line - 2] + (0.5 * deviation), Age(drift[0]), 6);
    }

    [Fact]
    public void Duplicate_AddsCopiesByteForByteRightAfter()
    {
        var output = AttackedStream.Attack(AttackedStream.Rows(20), 3, "duplicate:copies=3,count=1");
        var first = output.FindIndex(row => row.Poisoned);
        Assert.Equal(23, output.Count);
        Assert.False(output[first - 1].Poisoned);
        Assert.All(output.Skip(first).Take(3), copy => Assert.Equal(AttackedStream.Text(output[first - 1]), AttackedStream.Text(copy)));
    }

    [Fact]
    public void Rate_WritesJudgementsOfTheTargetAsTheAttacker()
    {
        var output = AttackedStream.Attack(AttackedStream.Rows(100), 3, "rate:target=item-9,value=5,identity=shill,count=7");
        var struck = output.Where(row => row.Poisoned).ToList();
        Assert.Equal(107, output.Count);
        Assert.All(struck, row => Assert.Equal(("shill", "shill", "item-9", "5"), (row.Identity, AttackedStream.Get(row, "who"), AttackedStream.Get(row, "item"), AttackedStream.Get(row, "stars"))));
        Assert.Equal(107, output.Select(row => AttackedStream.Get(row, "id")).Distinct().Count());
    }

    [Fact]
    public void Document_WritesTheFilesRecordsInOrderAcrossTheWindow()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("poison.csv", string.Join(',', AttackedStream.Columns) + "\n" + string.Concat(Enumerable.Range(0, 10).Select(i =>
            $"d{i},w1,,,doc {i},,,,,\n")));
        var output = AttackedStream.Attack(AttackedStream.Rows(100), 3, $"document:file={file},identity=crawler,source=web");
        var struck = output.Select((row, at) => (row, at)).Where(pair => pair.row.Poisoned).ToList();
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"doc {i}"), struck.Select(pair => AttackedStream.Get(pair.row, "text")));
        Assert.All(struck, pair => Assert.Equal(("web", "crawler", "crawler", file), (pair.row.Source, pair.row.Identity, AttackedStream.Get(pair.row, "who"), pair.row.Record.File)));
        Assert.Equal([53, 59, 65], struck.Take(3).Select(pair => pair.at));
    }

    [Fact]
    public void Attacks_WhenSeveral_AreNamedApartAndTogether()
    {
        var output = AttackedStream.Attack(AttackedStream.Rows(60), 3, "flip:from=>50K,to=a", "flip:from=<=50K,to=b", "hidden:kind=bidi");
        Assert.Equal(["flip#2+hidden", "flip+hidden"], output.Where(row =>
            row.Poisoned).Select(row => row.Attack!).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Attacks_LeaveUnreadableRowsAlone()
    {
        var rows = AttackedStream.Rows(40);
        for (var i = 0; i < 40; i += 2)
            rows[i] = rows[i] with { Record = rows[i].Record with { Failure = new("read", "nul", "x") } };
        var output = AttackedStream.Attack(rows, 3, "duplicate:copies=1");
        Assert.Equal(10, output.Count(row => row.Poisoned));
        Assert.Equal(20, output.Count(row => row.Record.Failure is not null));
    }

    [Theory]
    [InlineData("flip:from=>60K,to=a", "the label is nowhere '>60K'. It is '<=50K' (120), '>50K' (120)")]
    [InlineData("flip:where=work=Exe,from=>50K,to=a", "'work' is nowhere 'Exe'. It is 'Clerk' (160), 'Exec' (80)")]
    [InlineData("flip:where=wrok=Exec,from=>50K,to=a", "no column 'wrok'. Did you mean \"work\"?")]
    [InlineData("duplicate:copies=1,source=source-9", "the source is nowhere 'source-9'. It is 'source-0' (120), 'source-1' (120)")]
    [InlineData("duplicate:copies=1,identity=w9", "'w0' (60)")]
    [InlineData("flip:from=>50K,to=a,source=source-1", "none between 0.5 and 1")]
    [InlineData("outlier:column=work,shift=1", "no record has a number in 'work'")]
    [InlineData("outlier:column=reward,shift=1", "does not vary")]
    [InlineData("duplicate:copies=1,count=121", "only 120 match")]
    [InlineData("duplicate:copies=1,rate=1e-9", "rate is too low")]
    [InlineData("reward:tool=rm,value=1", "the tool is nowhere 'rm'")]
    [InlineData("document:file=/nowhere.csv", "does not exist")]
    public void Choose_WhenNothingMatches_SaysWhatWasSoughtAndWhatThereIs(string attack, string expected) =>
        Assert.Contains(expected, Assert.Throws<InputException>(() =>
            AttackedStream.Attack(AttackedStream.Rows(240), 1, attack)).Message, StringComparison.Ordinal);

    private static double Age(Assay.Host.Replay.Attacks.AttackedRow row) => double.Parse(AttackedStream.Get(row, "age")!);

    private static string Describe(Assay.Host.Replay.Attacks.AttackedRow row) =>
        $"{row.Source} {row.Identity} {row.Attack} {AttackedStream.Text(row)}";
}
