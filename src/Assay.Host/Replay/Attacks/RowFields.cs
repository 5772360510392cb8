using Assay.Mapping.Files;
using Assay.Mapping.Profiles;

namespace Assay.Host.Replay.Attacks;

/// <summary>Reads and changes fields of rows by role or by their own name.</summary>
internal sealed class RowFields(RowEditor editor, IRowRoles roles)
{
    /// <exception cref="InputException">The profile takes the role from no field of the row.</exception>
    public string Role(AttackSpec spec, string role) => roles.Field(role)
        ?? throw new InputException($"--attack '{spec.Written}' changes the {role} of records, "
            + $"but the profile takes no {role} from them. Map \"{role}\" to a column or a pointer.");

    /// <summary>A column or property by the name that the profile or the file has for it.</summary>
    /// <exception cref="InputException">There is none of that name.</exception>
    public string Named(AttackSpec spec, string name)
    {
        if ((roles.Field($"features/{name}") ?? roles.Field($"attributes/{name}") ?? roles.Field(name)) is { } field)
            return field;
        if (roles.Columns is { } columns && !columns.Contains(name))
            throw new InputException($"--attack '{spec.Written}': there is no column '{name}'."
                + $"{Suggestion.DidYouMean(name, columns)} Columns: {string.Join(", ", columns)}.");
        return name;
    }

    public string? Get(FileRecord record, string field) => editor.Get(record.Raw, field);

    /// <exception cref="InputException">The row cannot carry the value.</exception>
    public FileRecord Set(AttackSpec spec, FileRecord record, string field, string value) =>
        editor.TrySet(record.Raw, field, value, out var raw)
            ? record with { Raw = raw }
            : throw new InputException(
                $"--attack '{spec.Written}': {record.File}, line {record.Line} cannot carry '{value}' in '{field}'.");

    /// <summary>As <see cref="Set"/>, where the row has the role; otherwise the row as it is.</summary>
    public FileRecord SetIfMapped(AttackSpec spec, FileRecord record, string role, string? value) =>
        value is not null && roles.Field(role) is { } field && Get(record, field) is not null ? Set(spec, record, field, value) : record;
}
