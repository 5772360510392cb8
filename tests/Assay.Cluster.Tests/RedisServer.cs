using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Assay.Cluster.Tests;

/// <summary>A <c>redis-server</c> of its own on a private port, that a test may stop, start, empty and take back in time. Its log outlives a stop.</summary>
internal sealed class RedisServer : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("assay-redis-").FullName;
    private readonly string[] _arguments;
    private Process _process;

    public RedisServer(params string[] arguments)
    {
        Assert.SkipWhen(Programs("redis-server") is null, "No redis-server on the PATH.");
        _arguments = arguments;
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        _process = Launch();
    }

    public int Port { get; }

    public string Address => $"127.0.0.1:{Port}";

    public string Password { get; init; } = "";

    /// <summary>Ends in order: what was acknowledged is in its log.</summary>
    public void Stop()
    {
        Ask("SHUTDOWN", "NOSAVE");
        _process.WaitForExit();
    }

    /// <summary>kill -9: what was acknowledged has left the process, and is in the log as far as the machine lives on.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Start()
    {
        _process.Dispose();
        _process = Launch();
    }

    /// <summary>One command as <c>redis-cli</c> sends it.</summary>
    public string Ask(params string[] command)
    {
        var start = new ProcessStartInfo("redis-cli") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (IEnumerable<string>)["-p", $"{Port}", .. Password.Length > 0 ? ["-a", Password] : Array.Empty<string>(), .. command])
            start.ArgumentList.Add(argument);
        using var cli = Process.Start(start)!;
        var answer = cli.StandardOutput.ReadToEnd();
        cli.WaitForExit();
        return answer.Trim();
    }

    /// <summary>A backup by Redis' own means: the folder's files after a save.</summary>
    public string Backup()
    {
        Assert.Equal("OK", Ask("SAVE"));
        var backup = Directory.CreateTempSubdirectory("assay-redis-backup-").FullName;
        File.Copy(Path.Combine(_folder, "dump.rdb"), Path.Combine(backup, "dump.rdb"));
        return backup;
    }

    /// <summary>Puts a backup in the place of what there is; the server is stopped.</summary>
    public void Restore(string backup)
    {
        if (Directory.Exists(Path.Combine(_folder, "appendonlydir")))
            Directory.Delete(Path.Combine(_folder, "appendonlydir"), recursive: true);
        File.Copy(Path.Combine(backup, "dump.rdb"), Path.Combine(_folder, "dump.rdb"), overwrite: true);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string? Programs(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private Process Launch()
    {
        var start = new ProcessStartInfo("redis-server") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (IEnumerable<string>)["--bind", "127.0.0.1", "--port", $"{Port}", "--dir", _folder, "--save", "", .. _arguments])
            start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        while (process.StandardOutput.ReadLine() is { } line && !line.Contains("Ready to accept connections", StringComparison.Ordinal))
        {
        }

        Assert.False(process.HasExited, "redis-server ended at once.");
        _ = process.StandardOutput.ReadToEndAsync();
        return process;
    }
}
