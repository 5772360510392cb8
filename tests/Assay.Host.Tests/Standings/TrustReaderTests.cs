using System.Text;
using Assay.Contracts.Ports;
using Assay.Contracts.Records;
using Assay.Contracts.Signing;
using Assay.Contracts.Topics;
using Assay.Contracts.Trust;
using Assay.Grains.Identities;
using Assay.Host.Standings;
using Assay.Trust.Signing;
using Microsoft.Extensions.Time.Testing;

namespace Assay.Host.Tests.Standings;

public class TrustReaderTests
{
    private static readonly DeterministicSigner Signer = DeterministicSigner.Generate();
    private static readonly TopicNames Names = new();
    private readonly StandingTable _table = new();
    private readonly OlderDecisions _older = new();
    private readonly Seen _seen = new();
    private readonly TrustReader _reader;
    private long _offset;

    public TrustReaderTests() => _reader = new TrustReader(
        Names, new TrustVerifier(Signer.PublicKey), _table, _older, new EffectWatch(new EffectProbe(new NoSilos()), _seen, new FakeTimeProvider()), _seen);

    [Fact]
    public void Read_WhenADecisionIsSigned_AppliesItOnce()
    {
        Read(Of("a", 1, Standing.Quarantined));
        Read(Of("a", 1, Standing.Quarantined));
        Assert.Equal(Standing.Quarantined, _table.Find("a", "s")!.Standing);
        Assert.Equal(["decided a 1"], _seen.Events);
    }

    [Fact]
    public void Read_WhenNobodySigned_RefusesWithPartitionAndOffset()
    {
        var message = SignedMessage.Of(Of("a", 1, Standing.Revoked), Signer);
        _reader.Read(Names.TrustDecisions, 3, new InputRecord(17, 0, Encoding.UTF8.GetBytes(message.Key), message.Value, null));
        Assert.Equal(0, _table.Count);
        Assert.Contains("trust-decisions.v1/3 offset 17 is refused", Assert.Single(_seen.Events), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WhenOneByteIsFlipped_Refuses()
    {
        var message = SignedMessage.Of(Of("a", 1, Standing.Trusted), Signer);
        message.Value[^3] ^= 1;
        Read(Names.TrustDecisions, message);
        Assert.Equal(0, _table.Count);
        Assert.Single(_seen.Events);
    }

    [Fact]
    public void Read_WhenASignedDecisionStandsUnderAnothersKey_Refuses()
    {
        Read(Of("victim", 2, Standing.Quarantined));
        Read(Names.TrustDecisions, SignedMessage.Of(Of("a", 5, Standing.Trusted), Signer) with { Key = "victim" });
        Assert.Null(_table.Find(new StandingKey("a")));
        Assert.Equal(2, _seen.Events.Count);
    }

    [Fact]
    public void Read_WhenADecisionIsDeleted_RefusesAndKeepsIt()
    {
        Read(Of("a", 1, Standing.Revoked));
        _reader.Read(Names.TrustDecisions, 0, new InputRecord(_offset++, 0, "a"u8.ToArray(), null, null));
        Assert.Equal(Standing.Revoked, _table.Find(new StandingKey("a"))!.Standing);
        Assert.Equal(2, _seen.Events.Count);
    }

    [Fact]
    public void Read_WhenAnOlderEpochStandsLast_AsksForTheNewestUntilItStandsThere()
    {
        Read(Of("a", 1, Standing.Watched));
        Read(Of("a", 2, Standing.Quarantined));
        Assert.Empty(_older.Read());
        Read(Of("a", 1, Standing.Watched));
        Assert.Equal([new OlderDecision(new StandingKey("a"), 0, 2)], _older.Read());
        Assert.Equal(Standing.Quarantined, _table.Find(new StandingKey("a"))!.Standing);
        Read(Of("a", 2, Standing.Quarantined));
        Assert.Empty(_older.Read());
    }

    [Fact]
    public void Read_WhenHeartbeatsCome_KnowsTheHighestAndWhereItIs()
    {
        _reader.Begin(2);
        Read(Names.TrustDecisions, SignedMessage.Of(new TrustHeartbeat(0, 7, 0, DateTimeOffset.UnixEpoch), Signer));
        Read(Names.TrustDecisions, SignedMessage.Of(new TrustHeartbeat(0, 6, 0, DateTimeOffset.UnixEpoch), Signer));
        Assert.Equal([(0, 2L, 7L), (1, 0L, 0L)], _reader.Positions.Order());
    }

    [Fact]
    public void Read_WhenARecallIsRepeated_TellsOfItOnce()
    {
        var recall = new Recall { Identity = "a", Epoch = 2, From = "r1", To = "r9", Records = 5, Ranges = [new RecallRange("t", 0, 1, 9)] };
        Read(Names.Recalls, SignedMessage.Of(recall, Signer));
        Read(Names.Recalls, SignedMessage.Of(recall, Signer));
        Read(Names.Recalls, SignedMessage.Of(recall with { From = "r10", To = "r12" }, Signer));
        Assert.Equal(["recalled a 5", "recalled a 5"], _seen.Events);
    }

    [Fact]
    public void Read_WhenGarbageFloods_SpeaksUpEachTimeItDoubles()
    {
        for (var i = 0; i < 1000; i++)
            _reader.Read(Names.TrustDecisions, 0, new InputRecord(i, 0, null, [1, 2, 3], null));
        Assert.Equal(10, _seen.Events.Count);
    }

    private static Decision Of(string identity, long epoch, Standing standing) => new()
    {
        Identity = identity,
        Standing = standing,
        Epoch = epoch,
        Reason = "because",
        Evidence = new DecisionEvidence(1, 100),
    };

    private void Read(Decision decision) => Read(Names.TrustDecisions, SignedMessage.Of(decision, Signer));

    private void Read(string topic, SignedMessage message) => _reader.Read(
        topic, 0, new InputRecord(_offset++, 0, Encoding.UTF8.GetBytes(message.Key), message.Value, [new RecordHeader(HeaderNames.Dsse, message.Signature)]));

    private sealed class Seen : FlowObserver
    {
        public List<string> Events { get; } = [];

        public override void Decided(Decision decision) => Events.Add($"decided {decision.Identity} {decision.Epoch}");

        public override void Recalled(Recall recall) => Events.Add($"recalled {recall.Identity} {recall.Records}");

        public override void Fault(string area, string message) => Events.Add($"{area}: {message}");
    }

    private sealed class NoSilos : IStandingServices
    {
        public IReadOnlyCollection<SiloAddress> Active => [];

        public IStandingService Of(SiloAddress silo) => throw new NotSupportedException();
    }
}
