namespace Assay.Mapping.Files;

/// <summary>Input that cannot be used: one message that says what, where, and what to do. The command line ends with exit code 2.</summary>
public sealed class InputException : Exception
{
    public InputException(string message)
        : base(message)
    {
    }

    public InputException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
