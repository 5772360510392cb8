namespace Assay.Contracts.Wire;

/// <summary>A message that is not what its topic promises. The text says which field, what was found and what was expected.</summary>
public sealed class MessageFormatException : Exception
{
    public MessageFormatException()
    {
    }

    public MessageFormatException(string message)
        : base(message)
    {
    }

    public MessageFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
