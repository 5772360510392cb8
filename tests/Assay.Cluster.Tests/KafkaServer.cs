using System.Diagnostics;
using Confluent.Kafka;

namespace Assay.Cluster.Tests;

/// <summary>
/// A Kafka of a test's own, whose brokers it may kill, halt and start again on their data. By the script that <c>ASSAY_TEST_KAFKA_TOOL</c> names, or
/// <c>../shared/kafka/kafka</c> beside the repository.
/// </summary>
internal sealed class KafkaServer : IDisposable
{
    private const string Variable = "ASSAY_TEST_KAFKA_TOOL";
    private static readonly TimeSpan Ready = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(10);
    private readonly string _folder = Directory.CreateTempSubdirectory("assay-kafka-").FullName;
    private readonly string _tool;

    /// <summary>Skips the test, visibly, where there is no such script.</summary>
    public KafkaServer(int nodes)
    {
        _tool = Tool();
        Assert.SkipUnless(File.Exists(_tool), $"{Variable} names no script that starts a Kafka.");
        Address = Run("start", "--nodes", $"{nodes}").Trim().Split('\n')[^1];
        try
        {
            FirstGroup();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Address { get; }

    /// <summary>kill -9 of one broker, counted from 1.</summary>
    public void Kill(int node) => Run("kill", "--node", $"{node}");

    /// <summary>Starts a broker again, on the same data and ports.</summary>
    public void Start(int node) => Run("start", "--node", $"{node}");

    /// <summary>SIGSTOP of one broker.</summary>
    public void Pause(int node) => Run("pause", "--node", $"{node}");

    /// <summary>SIGCONT.</summary>
    public void Resume(int node) => Run("resume", "--node", $"{node}");

    public void Dispose() => Run("clean");

    /// <summary>
    /// Waits until groups can be asked for, which a new broker prepares with the first one. The client library may end the process where a request of an
    /// admin client for a group times out meanwhile (an assertion of librdkafka's).
    /// </summary>
    private void FirstGroup()
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig { BootstrapServers = Address, GroupId = "first" }).Build();
        using var pause = new ManualResetEventSlim();
        for (var start = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                consumer.Committed([new TopicPartition("none", 0)], Answer);
                return;
            }
            catch (KafkaException) when (Stopwatch.GetElapsedTime(start) < Ready)
            {
                pause.Wait(Between);
            }
        }
    }

    private static string Tool()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return named;
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Streaming.sln")))
            folder = folder.Parent;
        return Path.Combine(folder?.Parent?.FullName ?? "", "shared", "kafka", "kafka");
    }

    private string Run(string verb, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(_tool) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["KAFKA_HEAP"] = "256m";
        foreach (var argument in (IEnumerable<string>)[verb, "--dir", _folder, .. arguments])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"kafka {verb}: {output}{errors.GetAwaiter().GetResult()}");
        return output;
    }
}
