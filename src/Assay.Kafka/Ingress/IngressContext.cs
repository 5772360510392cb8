using Assay.Contracts.Ports;
using Assay.Kafka.Clients;
using Assay.Kafka.Egress;
using Microsoft.Extensions.Logging;

namespace Assay.Kafka.Ingress;

/// <summary>What the loop lends to the owners of its partitions. The loop's thread only, but for <see cref="Queue"/>.</summary>
internal sealed class IngressContext(
    KafkaIngressOptions options, IngressSwitches switches, OutputProducer egress, ISourceShards shards, IPartitionMarks marks, LoopQueue queue, IFlowObserver observer,
    TimeProvider time, ILogger log, Action<KafkaSetupException> stop)
{
    private readonly long _start = time.GetTimestamp();
    private long _epoch;

    public KafkaIngressOptions Options => options;

    public IngressSwitches Switches => switches;

    public OutputProducer Egress => egress;

    /// <summary>Outputs and commits share transactions, of which one is open at a time for all partitions.</summary>
    public bool ExactlyOnce => egress is TransactionalProducer;

    /// <summary>The open transaction is about to be ended: nothing above what it will commit is sent.</summary>
    public bool Cutting { get; set; }

    /// <summary>Why the open transaction must not be committed; null where it may.</summary>
    public string? Abort { get; set; }

    public ISourceShards Shards => shards;

    public IPartitionMarks Marks => marks;

    public LoopQueue Queue => queue;

    public IFlowObserver Observer => observer;

    public TimeProvider Time => time;

    public ILogger Log => log;

    public FaultGate Sources { get; } = new(observer, "sources");

    public FaultGate State { get; } = new(observer, "state");

    /// <summary>Milliseconds since the loop began.</summary>
    public long Now => (long)time.GetElapsedTime(_start).TotalMilliseconds;

    public int Checkpoints { get; set; }

    /// <summary>Calls of grains and batches of outputs that are under way, over all partitions.</summary>
    public int Running { get; set; }

    /// <summary>Ends the ingress of this silo: it must not go on until a person has acted.</summary>
    public void Stop(KafkaSetupException why) => stop(why);

    /// <summary>A number that no assignment or seek of this loop has had.</summary>
    public long NextEpoch() => ++_epoch;
}
