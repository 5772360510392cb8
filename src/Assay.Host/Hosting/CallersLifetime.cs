using Microsoft.Extensions.Hosting;

namespace Assay.Host.Hosting;

/// <summary>Signals are the command's (<see cref="StopSignals"/>): a host starts and stops when it is told to, and is not torn down half-way.</summary>
internal sealed class CallersLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
