using System.Text;
using Assay.Contracts.Records;
using Assay.Host.Traffic;
using Assay.Mapping;
using Record = Assay.Contracts.Records.Record;

namespace Assay.Host.Tests.Traffic;

public class TrafficProfilesTests
{
    private readonly ProfileRegistry _registry = TrafficProfiles.Registry();

    [Fact]
    public void Load_WhenTheWorldIsRead_EveryMessageIsARecordButTheMalformed()
    {
        var readers = TrafficTopics.All.ToDictionary(t => t, t => _registry.CreateReader(t, 0));
        var routers = TrafficTopics.All.ToDictionary(t => t, _registry.CreateRouter);
        var record = new Record();
        var rules = new HashSet<string>();
        foreach (var message in TrafficGeneratorTests.Stream(new TrafficOptions(), 200_000))
        {
            var input = new InputRecord(message.Number, 0, message.Key, message.Value, message.Headers);
            var read = readers[message.Topic].TryRead(input, record, out var failure);
            if (message.Attack == "malformed-fjord")
            {
                Assert.False(read);
                rules.Add(failure.Rule);
                continue;
            }

            if (!read)
                Assert.Fail($"{message.Topic} {message.RecordId}: {failure.Rule}: {failure.Reason}\n{Encoding.UTF8.GetString(message.Value)}");
            var source = Encoding.UTF8.GetString(message.Key);
            if (record.Id != message.RecordId || record.Source != source || routers[message.Topic].Route(input) != source)
                Assert.Fail($"{message.RecordId} read as {record.Id} of {record.Source}");
            Assert.NotEqual(record.Source, record.Identity);
            Assert.True(record.HasOwnId);
        }

        Assert.True(rules.Count >= 4, string.Join(", ", rules));
    }

    [Theory]
    [InlineData(TrafficTopics.Transactions, RecordKind.Ingestion)]
    [InlineData(TrafficTopics.Documents, RecordKind.Ingestion)]
    [InlineData(TrafficTopics.Memory, RecordKind.Ingestion)]
    [InlineData(TrafficTopics.Labels, RecordKind.Feedback)]
    [InlineData(TrafficTopics.Agents, RecordKind.Feedback)]
    public void Load_WhenARecordIsRead_HoldsWhatDetectorsOfItsKindNeed(string topic, RecordKind kind)
    {
        var message = TrafficGeneratorTests.Stream(new TrafficOptions(), 1_000, AttackTimetable.None).First(m => m.Topic == topic);
        var record = new Record();
        Assert.True(_registry.CreateReader(topic, 0).TryRead(
            new InputRecord(0, 0, message.Key, message.Value, message.Headers), record, out _));
        Assert.Equal(kind, record.Kind);
        Assert.Equal(message.EventTime, record.EventTime);
        Assert.True(record.Features.Count > 0);
        Assert.True(record.Attributes.Count > 0);
        Assert.Equal(topic is TrafficTopics.Documents or TrafficTopics.Memory, record.Text is not null);
        Assert.Equal(topic is TrafficTopics.Transactions or TrafficTopics.Documents or TrafficTopics.Labels, record.Label is not null);
        Assert.Equal(topic == TrafficTopics.Labels, record.Target is not null);
        Assert.Equal(topic == TrafficTopics.Agents, record.Tool is not null && record.Reward is >= 0 and <= 1);
    }

    [Fact]
    public void Load_WhenTheTopicIsUnknown_NamesThoseThereAre()
    {
        var error = Assert.Throws<KeyNotFoundException>(() => TrafficProfiles.Load("x"));
        Assert.Contains(TrafficTopics.Labels, error.Message, StringComparison.Ordinal);
    }
}
