namespace Assay.Mapping.Profiles;

/// <summary>One fault of a profile.</summary>
/// <param name="Line">1-based; 0 where the fault has no line.</param>
/// <param name="Key">The key at fault, e.g. <c>features/age</c>; empty where the whole file is.</param>
/// <param name="Message">What is wrong and what to do.</param>
public sealed record ProfileError(string File, int Line, string Key, string Message)
{
    public override string ToString() =>
        File + (Line > 0 ? $", line {Line}" : "") + (Key.Length > 0 ? $", {Key}" : "") + ": " + Message;
}

/// <summary>A profile cannot be used; the message holds one line a fault.</summary>
public sealed class ProfileException(IReadOnlyList<ProfileError> errors) : Exception(string.Join('\n', errors))
{
    public IReadOnlyList<ProfileError> Errors { get; } = errors;
}
