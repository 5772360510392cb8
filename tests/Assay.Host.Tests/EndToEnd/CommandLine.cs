using Assay.Host.Commands;

namespace Assay.Host.Tests.EndToEnd;

/// <summary>The program, run in this process with its console captured.</summary>
internal static class CommandLine
{
    /// <summary>Tests that take the console run one after another.</summary>
    public const string Collection = "command line";

    public static async Task<Outcome> Run(params string[] arguments)
    {
        var (output, error) = (Console.Out, Console.Error);
        using var said = new StringWriter();
        using var complained = new StringWriter();
        Console.SetOut(said);
        Console.SetError(TextWriter.Synchronized(complained));
        try
        {
            return new Outcome(await AssayCommandLine.Run(arguments), said.ToString(), complained.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }
}

/// <summary>What a command ended with and what it said.</summary>
internal sealed record Outcome(int Code, string Output, string Error)
{
    /// <summary>The end that was expected, and no trace of a crash.</summary>
    public Outcome Ended(int code)
    {
        Assert.True(Code == code, $"ended with {Code} instead of {code}:\n{Error}\n{Output}");
        Assert.DoesNotContain("   at Assay", Error + Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception:", Error + Output, StringComparison.Ordinal);
        return this;
    }
}

[CollectionDefinition(CommandLine.Collection, DisableParallelization = true)]
public sealed class CommandLineCollection;
