using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using Assay.Contracts.Topics;
using Assay.Contracts.Verdicts;
using Confluent.Kafka;

namespace Assay.Cluster.Tests;

/// <summary>DATA-PLANE invariant 9, from outside: a reader of a known log's outputs sees each record where it belongs, once, and nothing else.</summary>
internal static class OnceCheck
{
    /// <param name="isolation">What the reader takes: <see cref="IsolationLevel.ReadCommitted"/> is what users are told to set.</param>
    /// <returns>What is wrong, a sentence each; empty where nothing is.</returns>
    public static List<string> Check(RedisLog log, IsolationLevel isolation = IsolationLevel.ReadCommitted)
    {
        var (verdicts, admitted, held, dead) = (new Ids("verdicts"), new Ids("admitted"), new Ids("held"), new Ids("dead letters"));
        foreach (var ((partition, value), (_, verdict)) in log.Log.Messages().Zip(log.Log.Fold([])))
        {
            (verdict.Kind == VerdictKind.DeadLetter ? dead : verdicts).Expect($"{partition}/{verdict.Offset}");
            // A copy carries no position: its bytes tell which record it is, for every line of the log has numbers of its own.
            if (verdict.Kind is VerdictKind.Admit or VerdictKind.Hold)
                (verdict.Kind == VerdictKind.Admit ? admitted : held).Expect(Of(value));
        }

        foreach (var message in Read(log.Names.Verdicts))
        {
            using var json = JsonDocument.Parse(message.Value);
            var data = json.RootElement.GetProperty("data");
            verdicts.See($"{data.GetProperty("partition").GetInt32()}/{data.GetProperty("offset").GetInt64()}");
        }

        foreach (var message in Read(log.Names.Admitted))
            admitted.See(Of(message.Value));
        foreach (var message in Read(log.Names.Held))
            held.See(Of(message.Value));
        foreach (var message in Read(log.Names.DeadLetters))
            dead.See($"{Header(message, HeaderNames.Connect.Partition)}/{Header(message, HeaderNames.Connect.Offset)}");
        return [.. new[] { verdicts, admitted, held, dead }.SelectMany(ids => ids.Wrong())];

        IEnumerable<Message<byte[], byte[]>> Read(string topic) => TopicContents.Stream(log.Kafka, topic, RedisLog.Partitions, isolation).Select(m => m.Message);
    }

    private static string Of(byte[] value) => XxHash128.HashToUInt128(value).ToString("x");

    private static string Header(Message<byte[], byte[]> message, string name) => Encoding.UTF8.GetString(message.Headers.GetLastBytes(name));

    private sealed class Ids(string topic)
    {
        private readonly Dictionary<string, int> _seen = [];
        private int _strangers;

        public void Expect(string id) => _seen.Add(id, 0);

        public void See(string id)
        {
            if (_seen.TryGetValue(id, out var times))
                _seen[id] = times + 1;
            else
                _strangers++;
        }

        public IEnumerable<string> Wrong()
        {
            if (_seen.Values.Count(n => n == 0) is > 0 and var missing)
                yield return $"{topic}: {missing} of {_seen.Count} records are missing";
            if (_seen.Values.Count(n => n > 1) is > 0 and var twice)
                yield return $"{topic}: {twice} of {_seen.Count} records come more than once";
            if (_strangers > 0)
                yield return $"{topic}: {_strangers} messages belong to no record";
        }
    }
}
