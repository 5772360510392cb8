using System.Text;
using Assay.Mapping.Profiles;

namespace Assay.Mapping.Reading;

/// <summary>A profile with everything worked out that does not depend on a message. Shared by the readers and routers of a topic.</summary>
internal sealed class CompiledProfile
{
    private CompiledProfile(Profile profile, IReadOnlyList<string>? columns)
    {
        Profile = profile;
        Missing = new Utf8Set(profile.Missing);
        var fields = ProfileRules.Fields(profile).Select(f => Target(f.Name, f.Locator)).ToArray();
        Constants = fields.Where(f => f.Locator.Kind == LocatorKind.Constant)
            .Select(f => new ConstantField(f, Encoding.UTF8.GetBytes(f.Locator.Value))).ToArray();
        Headers = fields.Where(f => f.Locator.Kind == LocatorKind.Header).ToArray();
        SourceTarget = fields.FirstOrDefault(f => f.Role == FieldRole.Source);
        if (profile.Format == ProfileFormat.Csv)
            Csv = new CsvPlan(profile, columns!, fields);
        else
            Json = new JsonPlan(profile, fields);
    }

    /// <summary>With the defaults of its format filled in.</summary>
    public Profile Profile { get; }

    public Utf8Set Missing { get; }

    public ConstantField[] Constants { get; }

    public FieldTarget[] Headers { get; }

    /// <summary>Null where records take the name of the topic.</summary>
    public FieldTarget? SourceTarget { get; }

    /// <summary>Set for CSV only.</summary>
    public CsvPlan? Csv { get; }

    /// <summary>Set for JSON and CloudEvents.</summary>
    public JsonPlan? Json { get; }

    /// <param name="columns">Of a CSV whose profile names none; blanks around the names are ignored.</param>
    /// <exception cref="ProfileException">The profile does not fit the columns, or has none to fit.</exception>
    public static CompiledProfile Create(Profile profile, IReadOnlyList<string>? columns)
    {
        if (profile.Format == ProfileFormat.CloudEvents)
        {
            profile = profile with
            {
                Id = profile.Id ?? Locator.Header("ce_id"),
                Time = profile.Time ?? Locator.Header("ce_time"),
                Source = profile.Source ?? Locator.Header("ce_source"),
            };
        }

        if (profile.Format != ProfileFormat.Csv)
            return new CompiledProfile(profile, null);
        var names = (profile.Columns ?? columns)?.Select(c => c.Trim(' ', '\t')).ToArray();
        if (names is null)
        {
            throw new ProfileException(
                [new ProfileError(profile.File, 0, "columns", NoColumns)]);
        }

        return ColumnBinder.TryBind(profile, names, out var bound, out var errors)
            ? new CompiledProfile(bound, names)
            : throw new ProfileException(errors);
    }

    private const string NoColumns =
        "is missing: messages of a CSV topic have no header line; list the columns in order, e.g. \"columns\": [\"a\", \"b\"]";

    private static FieldTarget Target(string key, Locator locator)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        var role = (slash < 0 ? key : key[..slash]) switch
        {
            "features" => FieldRole.Feature,
            "attributes" => FieldRole.Attribute,
            "provenance" => FieldRole.Provenance,
            var field => Enum.Parse<FieldRole>(field, ignoreCase: true),
        };
        return new FieldTarget(role, key, slash < 0 ? "" : key[(slash + 1)..], locator);
    }
}

internal readonly record struct ConstantField(FieldTarget Target, byte[] Value);
