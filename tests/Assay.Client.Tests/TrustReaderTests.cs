using System.Text;
using Assay.Contracts.Records;
using Assay.Contracts.Signing;
using Assay.Contracts.Topics;
using Assay.Contracts.Trust;

namespace Assay.Client.Tests;

public sealed class TrustReaderTests
{
    private readonly ClientSigner _signer = new();

    private TrustReader Reader => new(new TrustVerifier(_signer.PublicKey));

    private InputRecord Decision => ClientSigner.Consumed(SignedMessage.Of(Decisions.Of("svc", Standing.Quarantined, 3, "pipe"), _signer));

    [Fact]
    public void Read_OfSignedMessages_TellsTheKindsApart()
    {
        var recall = new Recall { Identity = "svc", Epoch = 1, From = "a", To = "b", Records = 1, Ranges = [new RecallRange("t", 0, 1, 2)] };
        var heartbeat = new TrustHeartbeat(2, 5, 10, DateTimeOffset.UnixEpoch);

        Assert.Equal(Standing.Quarantined, Reader.Read("t", 0, Decision).Decision!.Standing);
        Assert.Equal("svc", Reader.Read("t", 0, ClientSigner.Consumed(SignedMessage.Of(recall, _signer))).Recall!.Identity);
        Assert.Equal(heartbeat, Reader.Read("t", 2, ClientSigner.Consumed(SignedMessage.Of(heartbeat, _signer))).Heartbeat);
    }

    [Fact]
    public void Read_OfAnUnsignedMessage_ThrowsWithItsPlace()
    {
        var error = Assert.Throws<UntrustedMessageException>(() => Reader.Read("trust", 4, Decision with { Headers = null }));

        Assert.Equal(("trust", 4, 7L, TrustProblem.Unsigned), (error.Topic, error.Partition, error.Offset, error.Problem));
        Assert.StartsWith("trust/4/7: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfATombstone_Throws() => Assert.Equal(TrustProblem.Unsigned, Problem(Decision with { Value = null }));

    [Fact]
    public void Read_SignedByAnotherKey_Throws() => Assert.Equal(
        TrustProblem.BadSignature, Problem(ClientSigner.Consumed(SignedMessage.Of(Decisions.Of("svc", Standing.Trusted, 9), new ClientSigner()))));

    [Fact]
    public void Read_WithAByteChangedAnywhere_Throws()
    {
        var good = Decision;
        var header = good.Headers![0].Value!;
        var changed = new List<InputRecord>();
        for (var i = 0; i < good.Value!.Length; i++)
            changed.Add(good with { Value = Flipped(good.Value, i) });
        for (var i = 0; i < header.Length; i++)
            changed.Add(good with { Headers = [new RecordHeader(HeaderNames.Dsse, Flipped(header, i))] });
        for (var i = 0; i < good.Key!.Length; i++)
            changed.Add(good with { Key = Flipped(good.Key, i) });

        Assert.All(changed, message => Assert.Throws<UntrustedMessageException>(() => Reader.Read("t", 0, message)));
    }

    [Fact]
    public void Read_UnderTheKeyOfSomebodyElse_Throws()
    {
        var error = Assert.Throws<UntrustedMessageException>(() => Reader.Read("t", 0, Decision with { Key = "other"u8.ToArray() }));

        Assert.Equal(TrustProblem.Unreadable, error.Problem);
        Assert.Contains("""["svc","pipe"]""", error.Message, StringComparison.Ordinal);
        Assert.Equal(TrustProblem.Unreadable, Problem(Decision with { Key = null }));
    }

    [Fact]
    public void Read_OfAHeartbeatInAnotherPartition_Throws()
    {
        var heartbeat = ClientSigner.Consumed(SignedMessage.Of(new TrustHeartbeat(2, 5, 10, DateTimeOffset.UnixEpoch), _signer));

        Assert.Equal(TrustProblem.Unreadable, Problem(heartbeat));
    }

    [Fact]
    public void Read_OfAKindOfTheFuture_GivesItsTypeAlone()
    {
        var value = Encoding.UTF8.GetBytes("""{"specversion":"1.0","type":"assay.pledge.v1","data":{}}""");

        var read = Reader.Read("t", 0, new InputRecord(0, 0, null, value, [new RecordHeader(HeaderNames.Dsse, DsseEnvelope.Sign(value, _signer).ToHeader())]));

        Assert.Equal(new TrustEvent("assay.pledge.v1"), read);
    }

    [Fact]
    public void Read_OfASignedDecisionThatCannotBeUnderstood_Throws()
    {
        var value = Encoding.UTF8.GetBytes("""{"specversion":"1.0","type":"assay.decision.v1","data":{"identity":"svc","standing":"adored"}}""");

        Assert.Equal(
            TrustProblem.Unreadable,
            Problem(new InputRecord(0, 0, null, value, [new RecordHeader(HeaderNames.Dsse, DsseEnvelope.Sign(value, _signer).ToHeader())])));
    }

    private TrustProblem Problem(InputRecord message) => Assert.Throws<UntrustedMessageException>(() => Reader.Read("t", 0, message)).Problem;

    private static byte[] Flipped(byte[] data, int at)
    {
        byte[] flipped = [.. data];
        flipped[at] ^= 1;
        return flipped;
    }
}
