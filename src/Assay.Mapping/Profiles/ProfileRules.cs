namespace Assay.Mapping.Profiles;

/// <summary>What must hold across the fields of a profile.</summary>
internal static class ProfileRules
{
    /// <summary>Every field with its key, in the order of the documentation; for checks and messages.</summary>
    public static IEnumerable<NamedLocator> Fields(Profile profile)
    {
        (string Key, Locator? Locator)[] single =
        [
            ("dataset", profile.Dataset), ("id", profile.Id), ("time", profile.Time), ("source", profile.Source),
            ("identity", profile.Identity), ("owner", profile.Owner), ("label", profile.Label), ("text", profile.Text), ("embedding", profile.Embedding),
            ("target", profile.Target), ("value", profile.Value), ("tool", profile.Tool), ("reward", profile.Reward),
        ];
        foreach (var (key, locator) in single)
        {
            if (locator is not null)
                yield return new NamedLocator(key, locator);
        }

        foreach (var (key, map) in Maps(profile))
        {
            foreach (var field in map.Fields)
                yield return new NamedLocator($"{key}/{field.Name}", field.Locator);
        }
    }

    public static IEnumerable<(string Key, FieldMap Map)> Maps(Profile profile) =>
        [("features", profile.Features), ("attributes", profile.Attributes), ("provenance", profile.Provenance)];

    public static IEnumerable<ProfileError> Check(Profile profile)
    {
        if (profile.Columns is { } columns)
            return ColumnBinder.TryBind(profile, columns, out _, out var errors) ? [] : errors;
        return [];
    }
}
