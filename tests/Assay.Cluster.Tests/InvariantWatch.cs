using System.Collections.Concurrent;
using Confluent.Kafka;
using StackExchange.Redis;

namespace Assay.Cluster.Tests;

/// <summary>
/// Looks on while silos come and go (DATA-PLANE, invariants 2, 3 and 5): nothing is committed that is not durable, and neither commits, marks nor states
/// ever go back. With exactly-once delivery nothing is durable that is not committed, and nothing is committed that was not announced. While Kafka or Redis
/// is away there is nothing to see.
/// </summary>
internal sealed class InvariantWatch : IDisposable
{
    private static readonly TimeSpan Blind = TimeSpan.FromMilliseconds(200);
    private readonly ConcurrentQueue<string> _violations = new();
    private readonly DurableStates _states;
    private readonly RedisLog _log;
    private readonly PlainFold _fold;
    private readonly bool _exactlyOnce;
    private readonly Thread _thread;
    private readonly long[] _committed = new long[RedisLog.Partitions];
    private readonly long[] _marks = new long[RedisLog.Partitions];
    private readonly Dictionary<(int, string), long> _last = [];
    private readonly ManualResetEventSlim _pause = new();
    private volatile bool _stop;

    public InvariantWatch(RedisServer redis, RedisLog log, PlainFold fold, bool exactlyOnce = false)
    {
        (_log, _fold, _exactlyOnce) = (log, fold, exactlyOnce);
        _states = new DurableStates(redis, log);
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
    }

    public int Looks { get; private set; }

    public IReadOnlyCollection<string> Violations => _violations;

    /// <summary>Ends the watch with one last look.</summary>
    public void Stop()
    {
        _stop = true;
        _pause.Set();
        _thread.Join();
    }

    public void Dispose()
    {
        Stop();
        _states.Dispose();
        _pause.Dispose();
    }

    private void Run()
    {
        bool last;
        do
        {
            last = _stop;
            try
            {
                Look();
                Looks++;
            }
            catch (Exception e) when (e is KafkaException or RedisException or TimeoutException)
            {
                _pause.Wait(Blind);
            }
        }
        while (!last);
    }

    private void Look()
    {
        // In this order: what is read later may only be further.
        var committed = _log.Committed();
        var marks = Enumerable.Range(0, RedisLog.Partitions).Select(_states.Mark).ToArray();
        var states = _states.Read();
        for (var p = 0; p < RedisLog.Partitions; p++)
        {
            Forward($"the commit of partition {p}", ref _committed[p], committed[p]);
            Forward($"the mark of partition {p}", ref _marks[p], marks[p]);
            var bound = _exactlyOnce ? Math.Max(marks[p], _states.CommitTo(p)) : marks[p];
            if (committed[p] > bound)
                _violations.Enqueue($"partition {p} is committed to {committed[p]}, and its mark says {bound}");
        }

        var after = _exactlyOnce ? _log.Committed() : [];
        foreach (var ((partition, source), shard) in _fold.Shards)
        {
            var durable = states.TryGetValue((partition, source), out var state) ? state.GetProperty("last_offset").GetInt64() : -1;
            var known = _last.GetValueOrDefault((partition, source), -1);
            Forward($"the state of {source}", ref known, durable);
            _last[(partition, source)] = known;
            if (shard.After(durable) < marks[partition])
                _violations.Enqueue($"partition {partition} is marked to {marks[partition]}, and {source} is durable to {durable} only");
            if (_exactlyOnce && durable >= after[partition])
                _violations.Enqueue($"partition {partition} is committed to {after[partition]}, and {source} is durable to {durable} already");
        }
    }

    private void Forward(string what, ref long known, long now)
    {
        if (now < known)
            _violations.Enqueue($"{what} went back from {known} to {now}");
        known = now;
    }
}
