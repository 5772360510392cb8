using System.Diagnostics;

namespace Assay.Cluster.Tests;

/// <summary>A command of <c>assay</c> that ends by itself.</summary>
internal static class AssayCommand
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static async Task<(int Code, string Output)> Run(string command, params IEnumerable<string> settings)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (IEnumerable<string>)[Path.Combine(AppContext.BaseDirectory, "assay.dll"), .. command.Split(' '), .. settings.SelectMany(s => new[] { "--set", s })])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await output + await errors);
    }
}
