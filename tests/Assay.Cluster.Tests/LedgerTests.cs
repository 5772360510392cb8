using System.Text.Json;
using Assay.Contracts.Trust;
using Confluent.Kafka;

namespace Assay.Cluster.Tests;

/// <summary>Evidence under kill -9: the ledgers of shards, the decisions that come of them, and when they date the attack.</summary>
public sealed class LedgerTests
{
    private const int Partitions = LabelRun.Partitions;
    private const int Killed = 137;
    private const int Round = 200;
    private const int PiecesOfRound = 4;
    private const int HonestRounds = 10;
    private const int Rounds = 18;
    private const int FirstFlipped = 12;
    private const string Attacker = "writer-0";
    private static readonly string[] Gaps = ["after-apply", "after-produce", "after-acknowledge", "after-checkpoint", "after-mark", "after-commit"];
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Compared with one frozen view, everything is a function of the records: what is decided after six kills is what one silo decides in peace.</summary>
    [Fact]
    public async Task Run_WhenKilledInEveryGapUnderAFrozenView_DecidesExactlyWhatAnUndisturbedRunDoes()
    {
        var kafka = RealKafka.Address();
        var (input, rounds) = await Input(kafka, "frozen", seed: 5);
        var view = await Learn(kafka, input, rounds);
        using var disturbed = await LabelRun.Create(kafka, $"{input}-disturbed", input, view, "Cohorts:Frozen=true");
        await Disturb(disturbed, kafka, input, rounds, seed: 1);
        using var peaceful = await LabelRun.Create(kafka, $"{input}-peaceful", input, view, "Cohorts:Frozen=true");
        using (var silo = peaceful.Start())
        {
            peaceful.Wait(silo, Rounds * Round * Partitions);
            Assert.True(await silo.Stop(Limit) == 0, silo.Output);
        }

        Assert.All(Accusations(peaceful), q => Assert.Equal((Attacker, Standing.Quarantined), (q.Identity, q.Standing)));
        Assert.NotEmpty(Accusations(peaceful));
        Assert.Equal(JsonSerializer.Serialize(Accusations(peaceful)), JsonSerializer.Serialize(Accusations(disturbed)));
        var (expected, verdicts) = (peaceful.Verdicts(), disturbed.Verdicts());
        Assert.Equal(Rounds * Round * Partitions, verdicts.Count);
        Assert.Empty(expected.Where(e => (verdicts[e.Key].Verdict, verdicts[e.Key].Score) != (e.Value.Verdict, e.Value.Score))
            .Select(e => $"{e.Key}: {verdicts[e.Key].Verdict} {verdicts[e.Key].Score}, undisturbed {e.Value.Verdict} {e.Value.Score}"));
        var (states, shards) = (peaceful.States(), disturbed.States());
        for (var p = 0; p < Partitions; p++)
        {
            Assert.Equal(Counts(states[p]), Counts(shards[p]));
            Assert.Equal(State(states[p], "statistics"), State(shards[p], "statistics"));
            Assert.Equal(State(states[p], "evidence"), State(shards[p], "evidence"));
            Assert.Equal(State(states[p], "detector/label-slices", "largest"), State(shards[p], "detector/label-slices", "largest"));
        }
    }

    /// <summary>
    /// In a live cluster views come when they come. Yet the same identities are quarantined every time, and dated to within one checkpoint. Twice;
    /// with <c>ASSAY_SOAK_MINUTES</c> twenty times.
    /// </summary>
    [Fact]
    public async Task Run_WhenKilledWithLiveViews_QuarantinesTheSameIdentitiesEveryTimeAndDatesThemAlike()
    {
        var kafka = RealKafka.Address();
        var runs = Environment.GetEnvironmentVariable("ASSAY_SOAK_MINUTES") is { Length: > 0 } ? 20 : 2;
        var onsets = new List<long>();
        for (var n = 0; n < runs; n++)
        {
            var (input, rounds) = await Input(kafka, $"live-{n}", seed: 5);
            using var run = await LabelRun.Create(kafka, $"{input}-run", input, null);
            await Disturb(run, kafka, input, rounds, seed: n);
            Assert.All(Accusations(run), q => Assert.Equal((Attacker, Standing.Quarantined), (q.Identity, q.Standing)));
            onsets.Add(long.Parse(Assert.Single(Accusations(run).Select(q => q.Onset!).Distinct()).Split('/')[^1]));
            Assert.Equal(Rounds * Round * Partitions, run.Verdicts().Count);
        }

        TestContext.Current.SendDiagnosticMessage($"onsets {string.Join(", ", onsets)}; the attack begins at {FirstFlipped * Round}");
        Assert.InRange(onsets.Max() - onsets.Min(), 0, LabelRun.Checkpoint);
    }

    /// <summary>A topic whose honest rounds are there, and the rounds to come, of which the attacker's are flipped from one on.</summary>
    private static async Task<(string Input, Queue<List<(int, byte[])>> Rounds)> Input(string kafka, string test, int seed)
    {
        var input = $"ledger-{test}-{Environment.ProcessId}";
        await TopicContents.Create(kafka, [input], Partitions);
        var log = new LabelLog(seed);
        var rounds = Enumerable.Range(0, Rounds).Select(round => Enumerable.Range(0, Partitions)
            .SelectMany(p => log.Records(p, $"writer-{p}", Round, flipped: p == 0 && round >= FirstFlipped)).ToList()).ToList();
        TopicContents.Fill(kafka, input, rounds.Take(HonestRounds).SelectMany(r => r));
        return (input, new Queue<List<(int, byte[])>>(rounds.Skip(HonestRounds)));
    }

    /// <summary>The view that the honest rounds lead to.</summary>
    private static async Task<Message<byte[], byte[]>> Learn(string kafka, string input, Queue<List<(int, byte[])>> rounds)
    {
        using var teacher = await LabelRun.Create(kafka, $"{input}-teacher", input, null);
        using var silo = teacher.Start();
        teacher.Wait(silo, (Rounds - rounds.Count) * Round * Partitions);
        Assert.True(await silo.Stop(Limit) == 0, silo.Output);
        return teacher.View();
    }

    /// <summary>One silo stays. Two at a time join, and each dies in its gap, while records come.</summary>
    private static async Task Disturb(LabelRun run, string kafka, string input, Queue<List<(int, byte[])>> rounds, int seed)
    {
        var random = new Random(seed);
        using var staying = run.Start();
        run.Wait(staying, HonestRounds * Round * Partitions);
        for (var kill = 0; kill < Gaps.Length; kill += 2)
        {
            using var first = run.Start($"doomed-{kill}-", $"{Gaps[kill]}:{random.Next(1, 4)}");
            using var second = run.Start($"doomed-{kill + 1}-", $"{Gaps[kill + 1]}:{random.Next(1, 4)}");
            await run.Members(3, $"doomed-{kill}-", () => first.Ended || second.Ended);
            for (var n = 0; n < 2 && rounds.TryDequeue(out var round); n++)
            {
                // Some at a time, so that each gap is passed often enough however fast they are.
                foreach (var piece in Pieces(round))
                {
                    TopicContents.Fill(kafka, input, piece);
                    await Flow.Until(() => first.Ended && second.Ended, TimeSpan.FromSeconds(1));
                }
            }

            foreach (var doomed in new[] { first, second })
            {
                await Flow.Until(() => doomed.Ended, Limit);
                Assert.True(doomed.Code == Killed, doomed.Output);
            }
        }

        while (rounds.TryDequeue(out var round))
            TopicContents.Fill(kafka, input, round);
        run.Wait(staying, Rounds * Round * Partitions);
        Assert.True(await staying.Stop(Limit) == 0, staying.Output);
    }

    /// <summary>A round in parts that hold records of every partition.</summary>
    private static IEnumerable<IEnumerable<(int, byte[])>> Pieces(List<(int Partition, byte[] Value)> round) =>
        Enumerable.Range(0, PiecesOfRound).Select(n => round.GroupBy(r => r.Partition).SelectMany(p => p.Chunk(Round / PiecesOfRound).ElementAt(n)));

    /// <summary>
    /// Decisions that withhold or contest, each once though it may be published again, and but for their number: how many came before depends on when
    /// reports arrive.
    /// </summary>
    private static List<Decision> Accusations(LabelRun run) =>
    [
        .. run.Decisions().Where(d => d.Standing >= Standing.Contested).DistinctBy(d => JsonSerializer.Serialize(d)).Select(d => d with { Epoch = 0, EvidenceEpoch = 0 }),
    ];

    private static string Counts(JsonElement state) => string.Join(
        ' ', state.GetProperty("sections").GetProperty("identities").GetProperty("state").GetProperty("most_recent").EnumerateArray()
            .OrderBy(i => i.GetProperty("identity").GetString(), StringComparer.Ordinal)
            .Select(i => $"{i.GetProperty("identity")}: {i.GetProperty("admitted")}, {i.GetProperty("held")}, {i.GetProperty("rejected")}, {i.GetProperty("monitored")}"));

    private static string State(JsonElement state, string section, string? part = null)
    {
        var whole = state.GetProperty("sections").GetProperty(section).GetProperty("state");
        return (part is null ? whole : whole.GetProperty(part)).GetRawText();
    }
}
