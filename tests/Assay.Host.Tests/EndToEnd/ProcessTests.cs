using System.Text.Json;
using Assay.Host.Tests.Replay;

namespace Assay.Host.Tests.EndToEnd;

/// <summary>Signals, pipes and standard input.</summary>
[Collection(CommandLine.Collection)]
public sealed class ProcessTests : IDisposable
{
    private const string Header = "id,w,l,a";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Replay_WhenInterrupted_EndsInOrderWithTheFilesUpToThere()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Sends SIGINT.");
        using var program = Replay("-", "--out", _folder["out"]);
        await program.Input.WriteLineAsync(Header);
        for (var i = 0; i < 5_000; i++)
            await program.Input.WriteLineAsync($"r{i},ann,yes,{i % 17}");
        // The broker's first verdict is what shows that the replay is under way.
        await program.Input.FlushAsync();
        await WaitForFile(_folder["out/verdicts.jsonl.tmp"]);
        await program.Interrupt();
        var outcome = (await program.End()).Ended(0);
        Assert.Contains("Interrupted", outcome.Error, StringComparison.Ordinal);
        var files = new ReplayedFiles(_folder["out"]);
        files.AssertComplete(Enumerable.Range(2, (int)files.Count("records")).Select(line => (long)line));
    }

    [Fact]
    public async Task Replay_OfStandardInput_PrintsOneJsonObject()
    {
        using var program = Replay("-", "--json");
        await program.Input.WriteAsync(Header + "\nr1,ann,yes,1\nr2,bob,no,2\n");
        var outcome = (await program.End()).Ended(0);
        using var summary = JsonDocument.Parse(outcome.Output);
        Assert.Equal(2, summary.RootElement.GetProperty("records").GetInt64());
        Assert.Single(outcome.Output.Trim().Split('\n'));
    }

    [Fact]
    public async Task Replay_WhenStandardInputIsEmpty_SaysSo()
    {
        using var program = Replay("-");
        Assert.Contains("Standard input is empty", (await program.End()).Ended(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_WhenNobodyReadsItsOutput_EndsInOrder()
    {
        using var program = Replay("-");
        program.CloseOutput();
        await program.Input.WriteAsync(Header + "\nr1,ann,yes,1\n");
        (await program.End()).Ended(0);
    }

    private ProgramProcess Replay(params string[] arguments) =>
        new(["replay", .. arguments, "--profile", _folder.Write("p.json", MalformedRecords.CsvProfile)]);

    private async Task WaitForFile(string path)
    {
        using var watcher = new FileSystemWatcher(Path.GetDirectoryName(Path.GetDirectoryName(path))!) { IncludeSubdirectories = true };
        var made = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        watcher.Created += (_, e) => Made(e.FullPath);
        watcher.Changed += (_, e) => Made(e.FullPath);
        watcher.EnableRaisingEvents = true;
        Made(path);
        await made.Task.WaitAsync(TimeSpan.FromMinutes(1));

        void Made(string _)
        {
            if (File.Exists(path))
                made.TrySetResult();
        }
    }
}
