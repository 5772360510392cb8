using Assay.Contracts.Ports;
using Assay.Contracts.Topics;
using Assay.Kafka.Clients;
using Assay.Kafka.Egress;
using Assay.Kafka.Topics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Assay.Kafka.Ingress;

/// <summary>
/// Runs the ingress of a silo from the time it is active until before its grains stop (DATA-PLANE rule 1). A start fails, with a message for a
/// person, where Kafka cannot be used as configured; later failures are retried for ever.
/// </summary>
public sealed partial class IngressService : IInputPositions, ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    /// <summary>Above everything that the ingress needs: it starts last, and has stopped before what tells others of its records stops.</summary>
    private const int Stage = ServiceLifecycleStage.Active + 1;
    private static readonly TimeSpan PositionsTime = TimeSpan.FromSeconds(10);
    private readonly KafkaClients _clients;
    private readonly KafkaIngressOptions _options;
    private readonly KafkaEgressOptions _egress;
    private readonly TopicNames _names;
    private readonly TopicAdmin _admin;
    private readonly IRecordReaderFactory _readers;
    private readonly ISourceShards _shards;
    private readonly IPartitionMarks _marks;
    private readonly IFlowObserver _observer;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly string _transactionalId;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<KafkaSetupException> _refusal = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Thread? _thread;
    private volatile Running? _running;
    private TopicWidths? _widths;

    public IngressService(
        KafkaClients clients, IOptions<KafkaIngressOptions> ingress, IOptions<KafkaEgressOptions> egress, TopicAdmin admin, IRecordReaderFactory readers,
        ISourceShards shards, IPartitionMarks marks, IFlowObserver observer, TimeProvider time, ILogger<IngressService> log)
    {
        _clients = clients;
        _options = ingress.Value;
        _egress = egress.Value;
        _names = new TopicNames(_egress.TopicPrefix);
        _admin = admin;
        _readers = readers;
        _shards = shards;
        _marks = marks;
        _observer = observer;
        _time = time;
        _log = log;
        _transactionalId = TransactionalId.New(_options.Group, time);
    }

    /// <summary>
    /// Completes when this silo must not go on until a person has acted, with the reason; the program then stops the silo. Nothing more is committed of the
    /// partitions concerned.
    /// </summary>
    public Task<KafkaSetupException> Refusal => _refusal.Task;

    private bool ExactlyOnce => _clients.Options.Delivery == DeliveryGuarantee.ExactlyOnce;

    internal IngressSwitches Switches { get; set; } = ProcessSwitches.Read(Environment.GetEnvironmentVariable);

    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(IngressService), Stage, Start, Stop);

    /// <summary>Looks whether Kafka can be used as configured. A program that does so before it starts the silo fails with this reason alone.</summary>
    /// <exception cref="KafkaSetupException">Kafka does not answer, or topics are missing.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, at once.</exception>
    public async Task Check(CancellationToken cancel)
    {
        var partitions = await Task.Run(_admin.Partitions, CancellationToken.None).WaitAsync(cancel);
        TopicCheck.ThrowIfUnusable(_options, _egress, _names, partitions);
        if (ExactlyOnce)
        {
            TransactionCheck.ThrowIfUnusable(_clients.Options, _options);
            await Task.Run(() => TransactionCheck.ThrowIfRefused(_clients, _egress, _options.Group, _transactionalId), CancellationToken.None).WaitAsync(cancel);
        }

        _widths = new TopicWidths(_admin.Partitions, partitions, _time);
    }

    /// <summary>Starts the ingress, checked before or now.</summary>
    /// <exception cref="KafkaSetupException">As <see cref="Check"/>.</exception>
    /// <exception cref="KeyNotFoundException">An input topic has no mapping profile.</exception>
    public async Task Start(CancellationToken cancel)
    {
        if (_widths is null)
            await Check(cancel);
        var widths = _widths!;
        var topics = _options.Topics.ToDictionary(t => t, t => new InputTopic(t, _readers.CreateRouter(t), _options), StringComparer.Ordinal);
        _thread = new Thread(() => Run(widths, topics)) { IsBackground = true, Name = "assay-ingress" };
        _thread.Start();
    }

    /// <summary>Drains, checkpoints, commits, lets grains go and leaves the group.</summary>
    public async Task Stop(CancellationToken cancel)
    {
        await _stop.CancelAsync();
        if (_thread is not null)
            await _stopped.Task.WaitAsync(cancel);
    }

    public Task<InputPositions> Positions()
    {
        var partitions = _options.Topics.ToDictionary(t => t, t => _widths?[t] ?? 0, StringComparer.Ordinal);
        if (_running is not { } running)
            return Task.FromResult(new InputPositions(partitions, []));
        var answer = new TaskCompletionSource<InputPositions>(TaskCreationOptions.RunContinuationsAsynchronously);
        running.Queue.Post(() => answer.TrySetResult(new InputPositions(partitions, running.Loop.Positions())));
        return answer.Task.WaitAsync(PositionsTime, _time);
    }

    public void Dispose() => _stop.Dispose();

    private void Run(TopicWidths widths, Dictionary<string, InputTopic> topics)
    {
        var fault = new FaultGate(_observer, "ingress");
        var retry = new RetryClock(_time, _options.RetryMin, _options.RetryMax);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var queue = new LoopQueue();
                using OutputProducer egress = ExactlyOnce
                    ? new TransactionalProducer(_clients, _egress, _transactionalId, _log)
                    : new EgressProducer(_clients, _egress, new RetryClock(_time, _options.RetryMin, _options.RetryMax), _observer, _log);
                var context = new IngressContext(
                    _options, Switches, egress, _shards, _marks, queue, _observer, _time, _log, why => _refusal.TrySetResult(why));
                var opener = new PartitionOpener(_clients, _options, _names, widths, _marks, Switches);
                using var loop = new IngressLoop(_clients, _options, context, opener, widths, topics, fault);
                _running = new Running(queue, loop);
                loop.Run(_stop.Token);
            }
            catch (Exception e)
            {
                _running = null;
                // Nothing was committed that is not durable, so a new loop may simply begin where the group stands.
                LogLoopFailed(e);
                fault.Failing($"Ingress failed and starts again from what is committed: {e.Message}");
                retry.Failed();
                _stop.Token.WaitHandle.WaitOne(retry.Wait);
            }
        }

        _stopped.SetResult();
    }

    private sealed record Running(LoopQueue Queue, IngressLoop Loop);

    [LoggerMessage(1060, LogLevel.Error, "Ingress failed; it starts again from what is committed")]
    private partial void LogLoopFailed(Exception error);
}
