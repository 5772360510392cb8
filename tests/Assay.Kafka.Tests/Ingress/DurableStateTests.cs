using Assay.Contracts.Verdicts;
using Assay.Kafka.Clients;
using Assay.Kafka.Ingress;
using Assay.Kafka.Tests.Support;

namespace Assay.Kafka.Tests.Ingress;

/// <summary>State that outlives the process, with its marks (DATA-PLANE rule 11).</summary>
public class DurableStateTests
{
    private const int Records = 4_000;

    [Fact]
    public async Task Restart_WhenKilled_GoesOnFromTheMarkWithoutReadingAgain()
    {
        using var broker = await Broker();
        var (input, shards, marks) = (new TestInput(broker), new FakeShards(), new FaultyMarks());
        input.Write(Records, sources: 5, partitions: 1);
        var first = await Start(broker, shards, marks);
        await first.Log.Until(log => Committed(log) > 0, "something committed");
        await first.Kill();
        await first.DisposeAsync();
        var marked = marks.Written.Last().Offset;
        input.Write(Records, sources: 5, partitions: 1);

        var read = long.MaxValue;
        shards.BeforeApply = (_, batch) =>
        {
            read = Math.Min(read, batch.Records[0].Offset);
            return default;
        };
        await using var second = await Start(broker, shards, marks);
        await second.Log.Until(log => Committed(log) == input.Count, "all committed");

        Assert.InRange(read, marked, Records);
        Assert.Empty(Invariants.Violations(broker, input, shards));
        Assert.Empty(Invariants.OutputViolations(broker, input));
    }

    /// <summary>Committed is never above what is marked, also at the moment of the commit.</summary>
    [Fact]
    public async Task Commit_Always_ComesAfterItsMark()
    {
        using var broker = await Broker();
        var (input, shards, marks) = (new TestInput(broker), new FakeShards(), new FaultyMarks());
        // One store keeps marks and states: a checkpoint that is saved would say that it is back.
        shards.BeforeCheckpoint = _ => marks.Away ? throw new IOException("the store is away") : default;
        input.Write(Records, sources: 5, partitions: 1);
        await using (var ingress = await Start(broker, shards, marks))
        {
            await ingress.Log.Until(log => Committed(log) > 0, "something committed");
            marks.Away = true;
            var before = marks.Written.LastOrDefault().Offset;
            input.Write(Records, sources: 5, partitions: 1);
            await ingress.Log.Until(log => log.Events.Exists(e => e.StartsWith("fault:state:", StringComparison.Ordinal)), "the fault is said");
            Assert.True(broker.Committed(broker.Run, 0) <= Math.Max(before, marks.Written.LastOrDefault().Offset));
            marks.Away = false;
            await ingress.Log.Until(log => Committed(log) == input.Count, "all committed");
            Assert.Single(ingress.Log.Events, e => e.StartsWith("fault:state:", StringComparison.Ordinal));
            Assert.Contains("recovered:state:", ingress.Log.Events);
        }

        Assert.Equal(input.Count, marks.Written.Last().Offset);
        Assert.Equal(marks.Written.Select(m => m.Offset).Order(), marks.Written.Select(m => m.Offset));
    }

    [Fact]
    public async Task Start_WhenTheMarkIsGone_RefusesAndReadsNothing()
    {
        using var broker = await Broker();
        var (input, marks) = (new TestInput(broker), new FaultyMarks());
        input.Write(Records, sources: 5, partitions: 1);
        await using (var first = await Start(broker, new FakeShards(), marks))
            await first.Log.Until(log => Committed(log) == Records, "all committed");
        marks.Empty();

        var shards = new FakeShards();
        await using var second = await Start(broker, shards, marks);
        var why = await second.Refusal.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal(KafkaSetupProblem.State, why.Problem);
        Assert.Contains("assay rebuild", why.Message, StringComparison.Ordinal);
        Assert.Empty(shards.All);
    }

    [Fact]
    public async Task Flow_WhenTheMarkVanishesUnderIt_RefusesAndCommitsNoFurther()
    {
        using var broker = await Broker();
        var (input, marks) = (new TestInput(broker), new FaultyMarks());
        input.Write(Records, sources: 5, partitions: 1);
        await using (var ingress = await Start(broker, new FakeShards(), marks))
        {
            await ingress.Log.Until(log => Committed(log) == Records, "all committed");
            marks.Empty();
            input.Write(Records, sources: 5, partitions: 1);
            Assert.Equal(KafkaSetupProblem.State, (await ingress.Refusal.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)).Problem);
        }

        Assert.Equal(Records, broker.Committed(broker.Run, 0));
    }

    /// <summary>A rebuild: state and sources are gone, the mark allows to read again, and nothing that stands is produced again.</summary>
    [Fact]
    public async Task Start_AfterARebuild_ReadsAgainAndProducesNothingTwice()
    {
        using var broker = await Broker();
        var (input, marks) = (new TestInput(broker), new FaultyMarks());
        input.Write(Records, sources: 5, partitions: 1);
        await using (var first = await Start(broker, new FakeShards(), marks))
            await first.Log.Until(log => Committed(log) == Records, "all committed");
        marks.Empty();
        await marks.Write(broker.Input, 0, null, new PartitionMark(0, 0, RebuildTo: Records), []);

        var shards = new FakeShards { Score = _ => VerdictKind.Hold };
        await using (var second = await Start(broker, shards, marks))
        {
            await second.Log.Until(_ => marks.Written.Last().Offset == Records, "marked to where it stood");
        }

        Assert.Empty(Invariants.Violations(broker, input, shards));
        Assert.Equal(Records, broker.Read(broker.Names.Verdicts).Count);
        Assert.Empty(broker.Read(broker.Names.Held));
        Assert.Equal(new PartitionMark(Records, marks.Written.Last().Verdicts), marks.Written.Last());
    }

    /// <summary>The position in the mark spares a new owner the verdicts below it, and hides none that it needs.</summary>
    [Fact]
    public async Task Mark_OfAFlow_PointsAtTheVerdictsThatANewOwnerNeeds()
    {
        using var broker = await Broker();
        var (input, marks) = (new TestInput(broker), new FaultyMarks());
        input.Write(40_000, sources: 5, partitions: 1);
        await using (var ingress = await Start(broker, new FakeShards(), marks))
            await ingress.Log.Until(log => Committed(log) == 40_000, "all committed");

        var positions = new Dictionary<long, long>();
        foreach (var message in broker.Read(broker.Names.Verdicts))
        {
            Assert.True(VerdictCodec.TryReadKind(message.Message.Value, out var offset, out _));
            positions.TryAdd(offset, message.Offset.Value);
        }

        Assert.All(marks.Written, mark => Assert.All(
            positions.Where(p => p.Key >= mark.Offset), p => Assert.True(p.Value >= mark.Verdicts, $"{mark} hides the verdict of {p.Key} at {p.Value}.")));
        Assert.Equal(positions.Count, marks.Written.Last().Verdicts);
    }

    /// <summary>Which sources have a shard of their own survives the process: a record of one is never skipped for what another shard held.</summary>
    [Fact]
    public async Task Restart_WhenThereAreMoreSourcesThanTheCap_KeepsEachSourceInItsShard()
    {
        const int Cap = 10;
        using var broker = await Broker();
        var (input, shards, marks) = (new TestInput(broker), new FakeShards(), new FaultyMarks());
        input.Write(Records, sources: 50, partitions: 1);
        var first = await Start(broker, shards, marks, o => o.MaxSources = Cap);
        await first.Log.Until(log => Committed(log) > 0, "something committed");
        await first.Kill();
        await first.DisposeAsync();
        input.Write(Records, sources: 50, partitions: 1);
        await using var second = await Start(broker, shards, marks, o => o.MaxSources = Cap);
        await second.Log.Until(log => Committed(log) == input.Count, "all committed");

        Assert.Equal(Cap + 1, shards.All.Count);
        Assert.Equal(input.Count, shards.All.Sum(s => s.Value.Seen.Distinct().Count()));
        Assert.Equal(input.Count, shards.All.Sum(s => s.Value.Seen.Length));
        Assert.Empty(Invariants.OutputViolations(broker, input));
    }

    private static async Task<TestBroker> Broker()
    {
        var broker = new TestBroker(real: false);
        await broker.CreateTopics(1);
        return broker;
    }

    private static Task<TestIngress> Start(TestBroker broker, FakeShards shards, IPartitionMarks marks, Action<KafkaIngressOptions>? ingress = null) =>
        TestIngress.Start(broker, shards, marks: marks, ingress: o =>
        {
            o.DurableState = true;
            ingress?.Invoke(o);
        });

    private static long Committed(FlowLog log) => log.Positions.GetValueOrDefault(0).Committed;
}
