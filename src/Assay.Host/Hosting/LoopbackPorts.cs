using System.Net;
using System.Net.Sockets;

namespace Assay.Host.Hosting;

/// <summary>Free TCP ports on loopback, so that several embedded silos can run on one machine.</summary>
internal static class LoopbackPorts
{
    /// <returns>Two different ports that were free a moment ago.</returns>
    public static (int Silo, int Gateway) Take()
    {
        using var first = new TcpListener(IPAddress.Loopback, 0);
        using var second = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        second.Start();
        return (((IPEndPoint)first.LocalEndpoint).Port, ((IPEndPoint)second.LocalEndpoint).Port);
    }
}
