namespace Assay.Host.Redis;

/// <summary>Redis cannot be used as configured. The message says what, where and what to do. Ends the program with code 3.</summary>
public sealed class RedisSetupException : Exception
{
    public RedisSetupException()
    {
    }

    public RedisSetupException(string message)
        : base(message)
    {
    }

    public RedisSetupException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
