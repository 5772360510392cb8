using System.Diagnostics;

namespace Assay.Host.Tests.EndToEnd;

/// <summary>The program as a process of its own, for what a process alone can show: signals, pipes and standard input.</summary>
internal sealed class ProgramProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _error;
    private bool _closed;

    public ProgramProcess(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "assay.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        _error = _process.StandardError.ReadToEndAsync();
    }

    public StreamWriter Input => _process.StandardInput;

    /// <summary>From now on nobody reads what the program prints.</summary>
    public void CloseOutput()
    {
        _process.StandardOutput.Close();
        _closed = true;
    }

    public async Task Interrupt()
    {
        using var kill = Process.Start("kill", ["-INT", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    public async Task<Outcome> End()
    {
        Input.Close();
        var output = _closed ? "" : await _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync();
        return new Outcome(_process.ExitCode, output, await _error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
