namespace Assay.Contracts.Signing;

/// <summary>What became of checking a message's signature.</summary>
public enum SignatureState
{
    /// <summary>Signed with a key that is accepted.</summary>
    Good,

    /// <summary>Carries no signature at all.</summary>
    Unsigned,

    /// <summary>The signature is malformed, of a key that is not accepted, or not over this message.</summary>
    Bad,
}

/// <param name="Reason">Why, for a person; null where the signature is good.</param>
public readonly record struct SignatureCheck(SignatureState State, string? Reason)
{
    public static SignatureCheck Good => new(SignatureState.Good, null);

    public static SignatureCheck Unsigned(string reason) => new(SignatureState.Unsigned, reason);

    public static SignatureCheck Bad(string reason) => new(SignatureState.Bad, reason);
}
