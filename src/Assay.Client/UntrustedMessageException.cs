namespace Assay.Client;

/// <summary>Why a message of a trust topic was refused.</summary>
public enum TrustProblem
{
    /// <summary>It carries no signature.</summary>
    Unsigned,

    /// <summary>Its signature is malformed, of a key that is not accepted, or not over its value.</summary>
    BadSignature,

    /// <summary>It is signed, but is not what this version understands, or does not belong where it lies.</summary>
    Unreadable,
}

/// <param name="Reason">A sentence for a person.</param>
public sealed record TrustRefusal(TrustProblem Problem, string Reason);

/// <summary>A message that a retrainer must not act upon. Going on without it could mean to trust whom Assay distrusts: stop, or fail closed.</summary>
public sealed class UntrustedMessageException : Exception
{
    public UntrustedMessageException(string topic, int partition, long offset, TrustRefusal refusal)
        : base($"{topic}/{partition}/{offset}: {refusal.Reason}")
    {
        Topic = topic;
        Partition = partition;
        Offset = offset;
        Problem = refusal.Problem;
    }

    public UntrustedMessageException()
    {
    }

    public UntrustedMessageException(string message)
        : base(message)
    {
    }

    public UntrustedMessageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public string Topic { get; } = "";

    public int Partition { get; }

    public long Offset { get; }

    public TrustProblem Problem { get; }
}
