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

    public Task Interrupt() => Signal("INT");

    public Task Terminate() => Signal("TERM");

    /// <summary>Reads what the program prints up to the first line that will do.</summary>
    public async Task<string> Line(Func<string, bool> sought)
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (sought(line))
                return line;
        }

        throw new InvalidOperationException($"The program ended first: {await _error}");
    }

    public async Task<Outcome> End()
    {
        Input.Close();
        var output = _closed ? "" : await _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync();
        return new Outcome(_process.ExitCode, output, await _error);
    }

    private async Task Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
