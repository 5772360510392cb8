using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Assay.Cluster.Tests;

/// <summary>One <c>assay run</c> as a process of its own.</summary>
internal sealed partial class AssayProcess : IDisposable
{
    private const int Terminate = 15;
    private const int Continue = 18;
    private const int Halt = 19;
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    public AssayProcess(params IEnumerable<string> settings)
        : this(settings, new Dictionary<string, string>())
    {
    }

    /// <param name="program">Path of an <c>assay.dll</c> of another version; null for this one.</param>
    public AssayProcess(IEnumerable<string> settings, IReadOnlyDictionary<string, string> environment, string? program = null)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        foreach (var argument in (IEnumerable<string>)[program ?? Path.Combine(AppContext.BaseDirectory, "assay.dll"), "run", "--plain", .. settings.SelectMany(s => new[] { "--set", s })])
            start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Append(line.Data);
        _process.ErrorDataReceived += (_, line) => Append(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    public bool Ended => _process.HasExited;

    public int Id => _process.Id;

    /// <summary>Exit code; null while it runs.</summary>
    public int? Code => _process.HasExited ? _process.ExitCode : null;

    /// <summary>Resident bytes now.</summary>
    public long Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>SIGSTOP: it holds what it has and does nothing, until <see cref="Resume"/>.</summary>
    public void Pause() => Assert.Equal(0, Signal(_process.Id, Halt));

    /// <summary>SIGCONT.</summary>
    public void Resume() => Assert.Equal(0, Signal(_process.Id, Continue));

    /// <summary>SIGTERM, as an orchestrator stops it; returns the exit code.</summary>
    public async Task<int> Stop(TimeSpan limit)
    {
        Assert.Equal(0, Signal(_process.Id, Terminate));
        return await Exit(limit);
    }

    /// <summary>Waits until it has ended by itself; returns the exit code.</summary>
    public async Task<int> Exit(TimeSpan limit)
    {
        using var timeout = new CancellationTokenSource(limit);
        await _process.WaitForExitAsync(timeout.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }

    private void Append(string? line)
    {
        lock (_output)
            _output.AppendLine(line);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
