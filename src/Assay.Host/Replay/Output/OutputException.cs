namespace Assay.Host.Replay.Output;

/// <summary>Results cannot be written: one message that says what, where, and what to do. The command line ends with exit code 2.</summary>
public sealed class OutputException : Exception
{
    public OutputException(string message)
        : base(message)
    {
    }

    public OutputException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
