namespace Assay.Kafka.Checks;

public enum CheckStatus
{
    Ok,

    /// <summary>It works, but something will hurt some day.</summary>
    Warn,

    /// <summary>It does not work, or loses what must not be lost.</summary>
    Fail,
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Area">What it belongs to, e.g. <c>kafka</c>, <c>topic orders</c>.</param>
/// <param name="Name">What was checked, e.g. <c>retention</c>.</param>
/// <param name="Found">What was found.</param>
/// <param name="Remedy">What to do; empty where nothing is to be done.</param>
public sealed record Check(string Area, string Name, CheckStatus Status, string Found, string Remedy = "")
{
    public static Check Ok(string area, string name, string found) => new(area, name, CheckStatus.Ok, found);

    public static Check Warn(string area, string name, string found, string remedy) => new(area, name, CheckStatus.Warn, found, remedy);

    public static Check Fail(string area, string name, string found, string remedy) => new(area, name, CheckStatus.Fail, found, remedy);
}
