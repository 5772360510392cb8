using System.Runtime.InteropServices;

namespace Assay.Kafka.Embedded;

/// <summary>A <c>rd_kafka_t</c> that exists only to run a mock cluster.</summary>
internal sealed class ClientHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        MockApi.Destroy(handle);
        return true;
    }
}

/// <summary>A mock cluster; released before the client that runs it.</summary>
internal sealed class ClusterHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        MockApi.ClusterDestroy(handle);
        return true;
    }
}
