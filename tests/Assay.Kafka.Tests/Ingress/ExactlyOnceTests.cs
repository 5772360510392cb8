using System.Text;
using Assay.Contracts.Verdicts;
using Assay.Kafka.Clients;
using Assay.Kafka.Ingress;
using Assay.Kafka.Tests.Support;
using Confluent.Kafka;

namespace Assay.Kafka.Tests.Ingress;

/// <summary>DATA-PLANE rule 8, second half, and invariant 9: a reader of committed messages sees each record once, whatever fails.</summary>
public sealed class ExactlyOnceTests
{
    private const int Records = 4_000;

    [Fact]
    public async Task Flow_WhenNothingFails_CommitsOutputsAndOffsetsTogetherAndStateFollows()
    {
        using var broker = await ExactlyOnce.Broker();
        var (input, shards, marks) = (new TestInput(broker), new FakeShards(), new FaultyMarks());
        input.Write(Records, sources: 5, partitions: 1);
        await using (var ingress = await ExactlyOnce.Start(broker, shards, marks))
        {
            await ingress.Log.Until(log => log.JudgedCount == Records, "all judged");
            // What observers are told is committed.
            Assert.Empty(ExactlyOnce.Violations(broker, input));
        }

        Assert.Equal(Records, broker.Committed(broker.Run, 0));
        Assert.Equal(Records, marks.Written.Last().Offset);
        Assert.All(shards.All, s => Assert.Equal(s.Value.Seen[^1], s.Value.DurableLast));
        Assert.Empty(Invariants.Violations(broker, input, shards));
    }

    /// <summary>No commit goes beyond what its mark has announced, and no mark beyond a commit.</summary>
    [Fact]
    public async Task Commit_Always_IsAnnouncedBeforeAndMarkedAfter()
    {
        using var broker = await ExactlyOnce.Broker();
        var (input, marks) = (new TestInput(broker), new FaultyMarks());
        var committing = new List<(long Commit, PartitionMark Mark)>();
        var switches = new IngressSwitches { Committing = o => committing.Add((o.Offset.Value, marks.Written.Last())) };
        await using (var ingress = await ExactlyOnce.Start(broker, new FakeShards(), marks, switches, o => o.MaxBatchRecords = 50))
        {
            for (var n = 1; n <= 4; n++)
            {
                input.Write(Records / 4, sources: 5, partitions: 1);
                await ingress.Log.Until(log => log.JudgedCount == n * Records / 4, "a part is judged");
            }
        }

        Assert.True(committing.Count >= 4, $"{committing.Count} commits");
        Assert.All(committing, c => Assert.True(c.Mark.CommitTo >= c.Commit && c.Mark.Offset <= c.Commit, $"{c.Mark} at the commit of {c.Commit}"));
    }

    /// <summary>Checkpoints come due long before the transaction ends, and wait for it.</summary>
    [Fact]
    public async Task Checkpoint_Always_HoldsOnlyWhatIsCommitted()
    {
        using var broker = await ExactlyOnce.Broker();
        var (input, shards, marks) = (new TestInput(broker), new FakeShards(), new FaultyMarks());
        var (checkpoints, early) = (0, 0);
        shards.BeforeCheckpoint = id =>
        {
            Interlocked.Increment(ref checkpoints);
            if (shards[id].Seen[^1] >= broker.Committed(broker.Run, 0))
                Interlocked.Increment(ref early);
            return default;
        };
        await using (var ingress = await ExactlyOnce.Start(broker, shards, marks, ingress: o =>
        {
            o.CheckpointInterval = TimeSpan.FromMilliseconds(100);
            o.CheckpointRecords = 100;
            o.CommitInterval = TimeSpan.FromSeconds(1);
            o.MaxBatchRecords = 50;
        }))
        {
            for (var n = 1; n <= 4; n++)
            {
                input.Write(Records / 4, sources: 5, partitions: 1);
                await ingress.Log.Until(log => log.JudgedCount == n * Records / 4, "a part is judged");
            }
        }

        Assert.Equal((true, 0), (checkpoints > 0, early));
    }

    /// <summary>The call that is left to itself comes back in the end, and nobody hears it.</summary>
    [Fact]
    public async Task Commit_WhenTheClientDoesNotAnswer_IsLeftToItAndAnotherGoesOn()
    {
        using var broker = await ExactlyOnce.Broker();
        var (input, shards, marks) = (new TestInput(broker), new FakeShards(), new FaultyMarks());
        using var answer = new ManualResetEventSlim();
        var returned = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = 1;
        var switches = new IngressSwitches
        {
            Passing = point =>
            {
                if (point != Failpoint.AfterOffsets || Interlocked.Exchange(ref left, 0) == 0)
                    return;
                answer.Wait();
                returned.SetResult();
            },
        };
        input.Write(Records, sources: 5, partitions: 1);
        await using (var ingress = await ExactlyOnce.Start(broker, shards, marks, switches, transactionSeconds: 5))
        {
            await ingress.Log.Until(log => log.JudgedCount == Records, "all judged", seconds: 60);
            answer.Set();
            await returned.Task;
            input.Write(Records, sources: 5, partitions: 1);
            await ingress.Log.Until(log => log.JudgedCount == 2 * Records, "more judged");
        }

        Assert.Empty(ExactlyOnce.Violations(broker, input));
        Assert.Empty(Invariants.Violations(broker, input, shards));
    }

    [Theory]
    [InlineData(nameof(Failpoint.AfterProduce))]
    [InlineData(nameof(Failpoint.AfterAcknowledge))]
    [InlineData(nameof(Failpoint.AfterMark))]
    [InlineData(nameof(Failpoint.AfterOffsets))]
    [InlineData(nameof(Failpoint.AfterTransaction))]
    [InlineData(nameof(Failpoint.AfterCheckpoint))]
    public async Task Restart_WhenItFailsInAGap_NothingIsLostOrDoubledForAReaderOfWhatIsCommitted(string gap)
    {
        using var broker = await ExactlyOnce.Broker();
        var (input, shards, marks) = (new TestInput(broker), new FakeShards(), new FaultyMarks());
        input.Write(Records, sources: 5, partitions: 1);
        var passed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = 3;
        var switches = new IngressSwitches
        {
            Passing = point =>
            {
                if (point == Enum.Parse<Failpoint>(gap) && Interlocked.Decrement(ref left) == 0)
                {
                    passed.TrySetResult();
                    throw new KafkaException(ErrorCode.Local_Fail);
                }
            },
        };
        var first = await ExactlyOnce.Start(broker, shards, marks, switches, o => o.MaxBatchRecords = 50);
        for (var n = 0; n < 20 && !passed.Task.IsCompleted; n++)
        {
            input.Write(Records / 10, sources: 5, partitions: 1);
            await first.Log.Until(log => log.JudgedCount >= input.Count || passed.Task.IsCompleted, "judged, or failed");
        }

        Assert.True(passed.Task.IsCompleted, $"{gap} is not passed");
        await first.Kill();
        await first.DisposeAsync();
        await using var second = await ExactlyOnce.Start(broker, shards, marks);
        await second.Log.Until(log => ExactlyOnce.Committed(log) == input.Count, "all committed");

        Assert.Empty(ExactlyOnce.Violations(broker, input));
        Assert.Empty(Invariants.Violations(broker, input, shards));
    }

    /// <summary>A source that cannot be reached takes the whole transaction with it; what was produced in it is never seen.</summary>
    [Fact]
    public async Task Flow_WhenASourceFails_AbortsAndReadsAgainFromDurableState()
    {
        using var broker = await ExactlyOnce.Broker(partitions: 2);
        var (input, shards, marks) = (new TestInput(broker), new FakeShards(), new FaultyMarks());
        input.Write(Records, sources: 5, partitions: 2);
        const int Before = 20;
        var (applied, acknowledged) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        shards.BeforeApply = async (_, _) =>
        {
            if (Interlocked.Increment(ref applied) != Before)
                return;
            // The open transaction is not committed without this batch, and it fails once there is something in it.
            await Volatile.Read(ref acknowledged).Task;
            throw new TimeoutException("no answer");
        };
        // What has been acknowledged is in the open transaction until it is committed.
        var switches = new IngressSwitches
        {
            Passing = point => _ = point == Failpoint.AfterAcknowledge && Volatile.Read(ref acknowledged).TrySetResult(),
            Committing = _ => Volatile.Write(ref acknowledged, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)),
        };
        await using (var ingress = await ExactlyOnce.Start(broker, shards, marks, switches, o => o.MaxBatchRecords = 50))
            await ingress.Log.Until(log => log.JudgedCount == Records, "all judged");

        Assert.Empty(ExactlyOnce.Violations(broker, input));
        Assert.Empty(Invariants.Violations(broker, input, shards));
        Assert.True(ExactlyOnce.Everything(broker, broker.Names.Admitted, 2) > Records, $"{ExactlyOnce.Everything(broker, broker.Names.Admitted, 2)} copies, {applied} batches: nothing was aborted, the test proves nothing");
    }

    /// <summary>
    /// State is behind the commit, and its grains would judge otherwise now: what stands is learned, and produced no second time, also by the default delivery.
    /// </summary>
    [Theory, InlineData(true), InlineData(false)]
    public async Task Restart_WhenStateIsBehindTheCommit_RebuildsItFromTheVerdictsThatStand(bool exactlyOnce)
    {
        using var broker = await ExactlyOnce.Broker();
        var (input, marks) = (new TestInput(broker), new FaultyMarks());
        input.Write(Records, sources: 5, partitions: 1);
        await using (var first = await ExactlyOnce.Start(broker, new FakeShards(), marks, ingress: o => o.CheckpointInterval = TimeSpan.FromMinutes(10)))
        {
            await first.Log.Until(log => log.JudgedCount == Records, "all judged");
            await first.Kill();
        }

        Assert.Equal((0, Records), (marks.Written.Last().Offset, broker.Committed(broker.Run, 0)));
        var shards = new FakeShards { Score = _ => VerdictKind.Hold };
        await using (var second = exactlyOnce
            ? await ExactlyOnce.Start(broker, shards, marks)
            : await TestIngress.Start(broker, shards, marks: marks, ingress: o => o.DurableState = true))
            await second.Log.Until(_ => marks.Written.Last().Offset == Records, "marked to where it stood");

        Assert.Empty(ExactlyOnce.Violations(broker, input));
        Assert.Empty(Invariants.Violations(broker, input, shards));
        Assert.Empty(broker.Read(broker.Names.Held));
        Assert.Equal(Records, ExactlyOnce.Everything(broker, broker.Names.Verdicts, 1));
    }

    [Fact]
    public async Task Start_WhenCommitsWereNotAnnounced_Refuses()
    {
        using var broker = await ExactlyOnce.Broker();
        var marks = await Judged(broker, new PartitionMark(0, 0, CommitTo: Records - 1));

        await Refused(broker, marks, "gone back in time");
    }

    [Fact]
    public async Task Start_WhenRecordsBetweenStateAndCommitAreGone_Refuses()
    {
        using var broker = await ExactlyOnce.Broker();
        var marks = await Judged(broker, new PartitionMark(100, 0, CommitTo: Records));
        using (var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = broker.BootstrapServers }).Build())
            await admin.DeleteRecordsAsync([new TopicPartitionOffset(broker.Input, 0, 101)]);

        await Refused(broker, marks, "are gone (retention)");
    }

    [Fact]
    public async Task Copy_WhenTheTopicRefusesItsSize_BecomesADeadLetterAndTakesNoOtherRecordWithIt()
    {
        using var broker = new TestBroker(real: true);
        await broker.CreateTopic(broker.Input, 1);
        foreach (var spec in Assay.Kafka.Topics.TopicSpec.Outputs(broker.Names, 1, 1))
        {
            var small = spec.Name == broker.Names.Admitted || spec.Name == broker.Names.DeadLetters;
            await broker.CreateTopic(spec.Name, 1, small ? new Dictionary<string, string> { ["max.message.bytes"] = "5000" } : null);
        }

        using (var producer = new ProducerBuilder<byte[]?, byte[]?>(new ProducerConfig { BootstrapServers = broker.BootstrapServers }).Build())
        {
            foreach (var size in (int[])[.. Enumerable.Repeat(100, 40), 20_000, .. Enumerable.Repeat(100, 40)])
                producer.Produce(new TopicPartition(broker.Input, 0), new Message<byte[]?, byte[]?> { Key = "s"u8.ToArray(), Value = new byte[size] });
            producer.Flush(TimeSpan.FromSeconds(20));
        }

        await using (var ingress = await ExactlyOnce.Start(broker, new FakeShards(), new FaultyMarks(), egress: o =>
        {
            o.CutBytes = 1_000;
            o.Compression = "none";
        }))
        {
            await ingress.Log.Until(log => log.JudgedCount == 81, "all judged");
            Assert.DoesNotContain(ingress.Log.Events, e => e.StartsWith("fault:outputs", StringComparison.Ordinal));
        }

        Assert.Equal(80, broker.Read(broker.Names.Admitted).Count);
        Assert.Equal(81, broker.Read(broker.Names.Verdicts).Count);
        var dead = Assert.Single(broker.Read(broker.Names.DeadLetters)).Message;
        Assert.Equal(1_000, dead.Value!.Length);
        Assert.Equal("20000", Encoding.UTF8.GetString(dead.Headers.GetLastBytes("assay-value-size")));
    }

    /// <summary>Readers wait for an open transaction, so an orderly stop leaves none; and a partition moves with what it has committed.</summary>
    [Fact]
    public async Task Join_WhenAnotherSiloComesAndGoes_NothingIsDoubled()
    {
        using var broker = await ExactlyOnce.Broker(partitions: 4);
        var (input, shards, marks) = (new TestInput(broker), new FakeShards(), new FaultyMarks());
        input.Write(Records, sources: 6, partitions: 4);
        await using (var first = await ExactlyOnce.Start(broker, shards, marks, ingress: o => o.MaxBatchRecords = 50))
        {
            await first.Log.Until(log => log.JudgedCount >= 1_000, "the first works");
            var second = await ExactlyOnce.Start(broker, shards, marks, ingress: o => o.MaxBatchRecords = 50);
            await second.Log.Until(log => log.Positions.Count == 2, "the second owns its half");
            input.Write(Records, sources: 6, partitions: 4);
            await second.Log.Until(log => log.JudgedCount > 0, "the second works");
            await second.DisposeAsync();
            input.Write(Records, sources: 6, partitions: 4);
            await first.Log.Until(log => Enumerable.Range(0, 4).All(p => ExactlyOnce.Committed(log, p) == input.Count / 4), "all committed");
        }

        Assert.Empty(ExactlyOnce.Violations(broker, input));
        Assert.Empty(Invariants.Violations(broker, input, shards));
    }

    /// <summary>A stop finishes what it has begun, and commits nothing of what still waits.</summary>
    [Fact]
    public async Task Stop_WhileRecordsWait_LeavesThemToTheNextOwner()
    {
        using var broker = await ExactlyOnce.Broker();
        var (input, shards, marks) = (new TestInput(broker), new FakeShards(), new FaultyMarks());
        input.Write(Records, sources: 5, partitions: 1);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        shards.BeforeApply = async (_, _) => await gate.Task;
        // Nothing comes back before a line is drawn.
        var line = 0L;
        marks.Writing = mark =>
        {
            if (mark.CommitTo > line)
                gate.TrySetResult();
            line = Math.Max(line, mark.CommitTo);
        };
        var first = await ExactlyOnce.Start(broker, shards, marks, transactionSeconds: 120, ingress: o => (o.MaxBatchRecords, o.CommitInterval) = (10, TimeSpan.FromSeconds(60)));
        await first.Log.Until(log => log.Positions.GetValueOrDefault(0).Position == Records, "all are read");
        if (gate.Task.IsCompleted)
        {
            // By chance the first transaction ended already, and its line lay at what had been read. The next is a minute away.
            await first.Log.Until(log => ExactlyOnce.Committed(log) == line, "the first transaction is committed");
            gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            input.Write(Records, sources: 5, partitions: 1);
            await first.Log.Until(log => log.Positions.GetValueOrDefault(0).Position == input.Count, "more are read");
        }

        await first.Stop();
        await first.DisposeAsync();

        Assert.InRange(broker.Committed(broker.Run, 0), 1, input.Count - (Records / 2));
        await using (var second = await ExactlyOnce.Start(broker, shards, marks))
            await second.Log.Until(log => ExactlyOnce.Committed(log) == input.Count, "all committed");
        Assert.Empty(ExactlyOnce.Violations(broker, input));
        Assert.Empty(Invariants.Violations(broker, input, shards));
    }

    [Fact]
    public async Task Start_WithoutDurableState_Refuses()
    {
        using var broker = await ExactlyOnce.Broker();

        var why = await Assert.ThrowsAsync<KafkaSetupException>(() =>
            TestIngress.Start(broker, new FakeShards(), kafka: o => o.Delivery = DeliveryGuarantee.ExactlyOnce));

        Assert.Contains("Redis:Endpoints", why.Message, StringComparison.Ordinal);
    }

    /// <summary>All is judged; then another mark stands.</summary>
    private static async Task<FaultyMarks> Judged(TestBroker broker, PartitionMark mark)
    {
        var marks = new FaultyMarks();
        new TestInput(broker).Write(Records, sources: 5, partitions: 1);
        await using (var first = await ExactlyOnce.Start(broker, new FakeShards(), marks))
            await first.Log.Until(log => log.JudgedCount == Records, "all judged");
        marks.Empty();
        await marks.Write(broker.Input, 0, null, mark, []);
        return marks;
    }

    private static async Task Refused(TestBroker broker, IPartitionMarks marks, string because)
    {
        var shards = new FakeShards();
        await using var second = await ExactlyOnce.Start(broker, shards, marks);
        var why = await second.Refusal.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal(KafkaSetupProblem.State, why.Problem);
        Assert.Contains(because, why.Message, StringComparison.Ordinal);
        Assert.Empty(shards.All);
    }
}
