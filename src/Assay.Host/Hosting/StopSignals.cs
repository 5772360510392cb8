using System.Runtime.InteropServices;

namespace Assay.Host.Hosting;

/// <summary>Ctrl-C and SIGTERM: the first asks for an end in order, a second one ends the process at once.</summary>
internal sealed class StopSignals : IDisposable
{
    // The shell's convention for a program that SIGINT ended.
    private const int Interrupted = 130;

    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignals() =>
        _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal), PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal)];

    public CancellationToken Token => _stop.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _stop.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (_stop.IsCancellationRequested)
            Environment.Exit(Interrupted);
        _stop.Cancel();
    }
}
