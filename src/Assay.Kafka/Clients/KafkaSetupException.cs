namespace Assay.Kafka.Clients;

/// <summary>Why the program cannot start on this Kafka.</summary>
public enum KafkaSetupProblem
{
    /// <summary>No broker answered in time, or it refused the credentials or the certificate.</summary>
    Unreachable,

    /// <summary>Topics are missing, or were made anew.</summary>
    Topics,

    /// <summary>The state that belongs to the committed offsets is not in the state store.</summary>
    State,

    /// <summary>An input has more partitions than the verdict topic.</summary>
    Narrow,
}

/// <summary>Kafka cannot be used as configured. The message says what, where and what to do.</summary>
public sealed class KafkaSetupException : Exception
{
    public KafkaSetupException(KafkaSetupProblem problem, string message)
        : base(message) => Problem = problem;

    public KafkaSetupException(KafkaSetupProblem problem, string message, Exception innerException)
        : base(message, innerException) => Problem = problem;

    public KafkaSetupException()
    {
    }

    public KafkaSetupException(string message)
        : base(message)
    {
    }

    public KafkaSetupException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public KafkaSetupProblem Problem { get; }
}
