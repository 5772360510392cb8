using Assay.Mapping.Profiles;

namespace Assay.Host.Replay.Attacks;

/// <summary>Roles by a mapping profile.</summary>
/// <param name="columns">Of the CSV; empty for JSON.</param>
public sealed class ProfileRoles(Profile profile, IReadOnlyList<string> columns) : IRowRoles
{
    public string? Field(string role) => Place(role switch
    {
        "id" => profile.Id,
        "source" => profile.Source,
        "identity" => profile.Identity,
        "label" => profile.Label,
        "text" => profile.Text,
        "target" => profile.Target,
        "value" => profile.Value,
        "tool" => profile.Tool,
        "reward" => profile.Reward,
        _ => Named("features/", role, profile.Features) ?? Named("attributes/", role, profile.Attributes),
    });

    public IReadOnlyList<string>? Columns => profile.Format == ProfileFormat.Csv ? columns : null;

    private static Locator? Named(string prefix, string role, FieldMap map) =>
        role.StartsWith(prefix, StringComparison.Ordinal) ? map.Fields.FirstOrDefault(field =>
            field.Name == role[prefix.Length..])?.Locator : null;

    /// <summary>In a file a CloudEvent is structured: its payload lies under <c>data</c>.</summary>
    private string? Place(Locator? locator) => locator switch
    {
        { Kind: LocatorKind.Column } => locator.Value,
        { Kind: LocatorKind.ColumnOrConstant } when columns.Contains(locator.Value) => locator.Value,
        { Kind: LocatorKind.Pointer } => profile.Format == ProfileFormat.CloudEvents ? "/data" + locator.Value : locator.Value,
        _ => null,
    };
}
