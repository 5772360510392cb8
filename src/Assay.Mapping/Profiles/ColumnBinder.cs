namespace Assay.Mapping.Profiles;

/// <summary>Decides, once the columns of a CSV are known, which plain strings of its profile are columns and which are constants.</summary>
internal static class ColumnBinder
{
    /// <param name="bound">The profile with every locator a column that exists, a header or a constant.</param>
    public static bool TryBind(Profile profile, IReadOnlyList<string> columns, out Profile bound, out List<ProfileError> errors)
    {
        var binding = new Binding(profile.File, columns);
        Locator? Field(string key, Locator? locator) => locator is null ? null : binding.Resolve(key, locator);
        FieldMap Map(string key, FieldMap map) => map with
        {
            Fields = map.Fields.Select(f => f with { Locator = binding.Resolve($"{key}/{f.Name}", f.Locator) }).ToArray(),
        };
        bound = profile with
        {
            Dataset = binding.Resolve("dataset", profile.Dataset),
            Id = Field("id", profile.Id),
            Time = Field("time", profile.Time),
            Source = Field("source", profile.Source),
            Identity = Field("identity", profile.Identity),
            Owner = Field("owner", profile.Owner),
            Label = Field("label", profile.Label),
            Text = Field("text", profile.Text),
            Embedding = Field("embedding", profile.Embedding),
            Target = Field("target", profile.Target),
            Value = Field("value", profile.Value),
            Tool = Field("tool", profile.Tool),
            Reward = Field("reward", profile.Reward),
            Features = Map("features", profile.Features),
            Attributes = Map("attributes", profile.Attributes),
            Provenance = Map("provenance", profile.Provenance),
        };
        errors = binding.Errors;
        return errors.Count == 0;
    }

    private sealed class Binding
    {
        private readonly string _file;
        private readonly IReadOnlyList<string> _columns;

        public Binding(string file, IReadOnlyList<string> columns)
        {
            _file = file;
            _columns = columns;
            foreach (var twice in columns.GroupBy(c => c, StringComparer.Ordinal).Where(g => g.Count() > 1))
                Errors.Add(
                    new ProfileError(file, 0, "columns", $"the column \"{twice.Key}\" stands {twice.Count()} times; names must differ"));
        }

        public List<ProfileError> Errors { get; } = [];

        public Locator Resolve(string key, Locator locator) => locator.Kind switch
        {
            LocatorKind.ColumnOrConstant => Plain(key, locator),
            LocatorKind.Column when !_columns.Contains(locator.Value) => Unknown(key, locator),
            _ => locator,
        };

        private Locator Plain(string key, Locator locator)
        {
            var text = locator.Value;
            if (_columns.Contains(text))
                return locator with { Kind = LocatorKind.Column };
            if (text.StartsWith('/') && JsonPointer.TryParse(text, out var tokens) && tokens is [var name] && _columns.Contains(name))
                return locator with { Kind = LocatorKind.Column, Value = name };
            if (text.StartsWith('/') || text.Length == 0 || !ProfileKeys.MayBePlainConstant(key))
                return Unknown(key, locator);
            if (Suggestion.Nearest(text, _columns, Math.Min(2, text.Length - 1)) is { } near)
            {
                return Fault(
                    key,
                    locator,
                    $"\"{text}\" is no column but looks like \"{near}\"; write {{\"column\": \"{near}\"}} or {{\"constant\": \"{text}\"}}");
            }

            return locator with { Kind = LocatorKind.Constant };
        }

        private Locator Unknown(string key, Locator locator) => Fault(
            key,
            locator,
            $"there is no column \"{locator.Value}\".{Suggestion.DidYouMean(locator.Value.TrimStart('/'), _columns)}"
                + $" The columns are {Listed(_columns)}");

        private Locator Fault(string key, Locator locator, string message)
        {
            Errors.Add(new ProfileError(_file, locator.Line, key, message));
            return locator;
        }

        private static string Listed(IReadOnlyList<string> columns) =>
            string.Join(", ", columns.Take(40)) + (columns.Count > 40 ? $" and {columns.Count - 40} more" : "");
    }
}
