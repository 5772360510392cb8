using System.Runtime.InteropServices;

namespace Assay.Kafka.Embedded;

/// <summary>
/// librdkafka's in-process broker (<c>rdkafka_mock.h</c>). Bound to the same native library that Confluent.Kafka loads: on systems where
/// <c>librdkafka</c> misses a dependency, that client silently falls back to another build, and so does this one, in the same order.
/// </summary>
internal static partial class MockApi
{
    private const string Library = "assay-librdkafka";
    private static readonly string[] Candidates = ["librdkafka", "alpine-librdkafka", "centos8-librdkafka"];
    private static readonly Lazy<nint> Handle = new(Load);

    static MockApi() => NativeLibrary.SetDllImportResolver(
        typeof(MockApi).Assembly, static (name, _, _) => name == Library ? Handle.Value : 0);

    [LibraryImport(Library, EntryPoint = "rd_kafka_conf_new")]
    internal static partial nint ConfNew();

    [LibraryImport(Library, EntryPoint = "rd_kafka_conf_set", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ConfSet(nint conf, string name, string value, nint error, nuint size);

    [LibraryImport(Library, EntryPoint = "rd_kafka_new")]
    internal static partial ClientHandle New(int type, nint conf, [Out] byte[] error, nuint size);

    [LibraryImport(Library, EntryPoint = "rd_kafka_destroy")]
    internal static partial void Destroy(nint client);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_cluster_new")]
    internal static partial ClusterHandle ClusterNew(ClientHandle client, int brokers);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_cluster_destroy")]
    internal static partial void ClusterDestroy(nint cluster);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_cluster_bootstraps")]
    internal static partial nint Bootstraps(ClusterHandle cluster);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_group_initial_rebalance_delay_ms")]
    internal static partial void GroupInitialRebalanceDelay(ClusterHandle cluster, int milliseconds);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_topic_create", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int TopicCreate(ClusterHandle cluster, string topic, int partitions, int replicas);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_push_request_errors_array")]
    internal static partial void PushRequestErrors(ClusterHandle cluster, short apiKey, nuint count, [In] int[] errors);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_clear_request_errors")]
    internal static partial void ClearRequestErrors(ClusterHandle cluster, short apiKey);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_broker_set_down")]
    internal static partial int BrokerDown(ClusterHandle cluster, int broker);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_broker_set_up")]
    internal static partial int BrokerUp(ClusterHandle cluster, int broker);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_broker_set_rtt")]
    internal static partial int BrokerRoundTrip(ClusterHandle cluster, int broker, int milliseconds);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_coordinator_set", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Coordinator(ClusterHandle cluster, string keyType, string key, int broker);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_partition_set_leader", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Leader(ClusterHandle cluster, string topic, int partition, int broker);

    private static nint Load()
    {
        foreach (var name in Candidates)
        {
            if (NativeLibrary.TryLoad(name, typeof(Confluent.Kafka.Ignore).Assembly, null, out var handle))
                return handle;
        }

        throw new DllNotFoundException($"None of {string.Join(", ", Candidates)} could be loaded for {RuntimeInformation.RuntimeIdentifier}.");
    }
}
