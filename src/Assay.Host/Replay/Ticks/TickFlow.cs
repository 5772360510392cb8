using Assay.Contracts.Ports;
using Assay.Contracts.Sources;
using Assay.Contracts.Verdicts;

namespace Assay.Host.Replay.Ticks;

/// <summary>
/// Notes which records of the running tick have verdicts that Kafka has acknowledged, and which shards gave them. Verdicts may repeat; each record counts
/// once. The replay is alone on its topic, so that its offsets count from 0 without a gap.
/// </summary>
internal sealed class TickFlow : FlowObserver
{
    private readonly Lock _gate = new();
    private readonly HashSet<SourceId> _shards = [];
    private readonly PartitionMarks[] _partitions;
    private TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _judged;
    private long _expected = long.MaxValue;

    public TickFlow(int partitions) => _partitions = [.. Enumerable.Range(0, partitions).Select(_ => new PartitionMarks())];

    /// <summary>Shards that have judged records of the tick. Only between <see cref="Ended"/> and <see cref="Begin"/>.</summary>
    public IReadOnlyCollection<SourceId> Shards => _shards;

    /// <summary>Begins a tick, after every record of the last has been judged.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            _shards.Clear();
            foreach (var partition in _partitions)
                partition.Begin();
            (_judged, _expected) = (0, long.MaxValue);
            _complete = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Completes when every record of the tick is judged.</summary>
    /// <param name="produced">Records that the tick has put into the topic.</param>
    public Task Ended(long produced)
    {
        lock (_gate)
        {
            _expected = produced;
            if (_judged >= _expected)
                _complete.TrySetResult();
            return _complete.Task;
        }
    }

    public override void Judged(string topic, int partition, string source, IReadOnlyList<Verdict> verdicts)
    {
        lock (_gate)
        {
            var marks = _partitions[partition];
            var before = _judged;
            foreach (var verdict in verdicts)
                _judged += marks.Mark(verdict.Offset) ? 1 : 0;
            if (_judged == before)
                return;
            _shards.Add(new SourceId(topic, partition, source));
            if (_judged >= _expected)
                _complete.TrySetResult();
        }
    }

    /// <summary>The records of one partition that the tick has seen judged.</summary>
    private sealed class PartitionMarks
    {
        private readonly List<bool> _seen = [];
        private long _first;

        public void Begin()
        {
            _first += _seen.Count;
            _seen.Clear();
        }

        /// <returns>False where the record was judged before.</returns>
        public bool Mark(long offset)
        {
            var i = (int)(offset - _first);
            if (i < 0 || (i < _seen.Count && _seen[i]))
                return false;
            while (_seen.Count <= i)
                _seen.Add(false);
            return _seen[i] = true;
        }
    }
}
