namespace Assay.Host.Replay.Attacks;

/// <summary>Where a record's fields lie in a raw row, by the words of a mapping profile.</summary>
public interface IRowRoles
{
    /// <summary>
    /// The CSV column or JSON pointer of a role: <c>id, source, identity, label, text, target, value, tool, reward</c>,
    /// <c>features/NAME</c>, <c>attributes/NAME</c>.
    /// </summary>
    /// <returns>Null where the profile does not take the role from the row.</returns>
    string? Field(string role);

    /// <summary>Columns of the CSV; null for JSON, where any record may have any property.</summary>
    IReadOnlyList<string>? Columns { get; }
}
