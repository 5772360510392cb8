using Assay.Contracts.Records;
using Assay.Contracts.Topics;
using Assay.Contracts.Verdicts;
using Assay.Kafka.Egress;
using Confluent.Kafka;

namespace Assay.Kafka.Tests.Egress;

public sealed class RefusalsTests
{
    private static readonly TopicPartition Input = new("in", 1);

    [Fact]
    public void Any_FromASuspicionUntilItsRecordIsCommitted()
    {
        var refusals = new Refusals();
        refusals.Suspect(Message(5));
        Assert.True(refusals.Any);
        refusals.Committed(new TopicPartition("in", 0), 100);
        refusals.Committed(Input, 5);
        Assert.True(refusals.Any);
        refusals.Committed(Input, 6);
        Assert.False(refusals.Any);
    }

    [Fact]
    public void Apply_GivesTheSameMessageOfTheSameRecordItsSmallerForm()
    {
        var refusals = new Refusals();
        var refused = Message(5);
        (refused.Kind, refused.Cut, refused.Failure) = (OutputKind.DeadLetter, OutputCut.Value, new ReadFailure("produce", "size", "too large"));
        refusals.Reduced(refused);

        var (same, other, verdict) = (Message(5), Message(6), Message(5, OutputKind.Verdict));
        foreach (var again in new[] { same, other, verdict })
            refusals.Apply(again);

        Assert.Equal((OutputKind.DeadLetter, OutputCut.Value, "size"), (same.Kind, same.Cut, same.Failure?.Rule));
        Assert.Equal((OutputKind.Admitted, OutputCut.Whole), (other.Kind, other.Cut));
        Assert.Equal((OutputKind.Verdict, OutputCut.Whole), (verdict.Kind, verdict.Cut));
    }

    [Fact]
    public void Forget_OfAPartitionThatMoves_ForgetsWhatItRefused()
    {
        var refusals = new Refusals();
        refusals.Reduced(Message(5));
        refusals.Forget(Input);
        Assert.False(refusals.Any);
    }

    private static Delivery Message(long offset, OutputKind kind = OutputKind.Admitted)
    {
        var verdict = new Verdict { Offset = offset, Kind = VerdictKind.Admit, RecordId = "r", Identity = "i", Dataset = "d" };
        var route = new OutputRoute(Input, new TopicNames("out"), new Dictionary<string, int>());
        return new Delivery((_, _, _) => { })
        {
            Batch = new OutputBatch(route, "s", [], [default], 0, [verdict], produceFrom: 0, _ => { }),
            Index = 0,
            Origin = kind,
            Kind = kind,
        };
    }
}
