namespace Assay.Contracts.State;

/// <summary>Bytes that are no state of a version this program knows. Never repaired silently: the message says what and where.</summary>
public sealed class StateFormatException : Exception
{
    public StateFormatException()
    {
    }

    public StateFormatException(string message)
        : base(message)
    {
    }

    public StateFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
