namespace Assay.Mapping.Inference;

/// <summary>Guesses which column is which field of a record, from names first and values second. Each column is taken once.</summary>
/// <param name="named">False where the names were made up, and values alone must tell.</param>
internal sealed class RolePicker(IReadOnlyList<ColumnSample> columns, bool named)
{
    private static readonly string[] IdNames = ["id", "uuid", "guid", "uid", "key"];
    private static readonly string[] TimeNames = ["time", "timestamp", "date", "datetime", "ts", "at", "created", "updated"];
    private static readonly string[] SourceNames = ["source", "pipeline", "feed", "channel", "origin", "producer"];
    private static readonly string[] OwnerNames = ["owner", "team"];
    private static readonly string[] IdentityNames =
        [
            "identity", "worker", "rater", "annotator", "labeler", "labeller", "author", "editor", "writer", "reviewer", "vendor", "account", "user",
            "agent", "customer",
        ];
    private static readonly string[] LabelNames =
        ["label", "class", "target", "answer", "sentiment", "category", "outcome", "income", "fraud", "spam", "y"];
    private static readonly string[] TargetNames =
        ["target", "ratee", "item", "question", "task", "movie", "product", "document", "doc", "subject", "destination"];
    private static readonly string[] ValueNames = ["rating", "score", "stars", "vote", "value"];
    private static readonly string[] TextNames = ["text", "sentence", "body", "content", "message", "prompt", "comment", "review"];

    private readonly HashSet<ColumnSample> _taken = [];

    /// <summary>Field of the profile to column, in the order of the documentation.</summary>
    public Dictionary<string, ColumnSample> Picked { get; } = [];

    public IEnumerable<ColumnSample> Left => columns.Where(c => !_taken.Contains(c));

    public void PickAll()
    {
        Pick("embedding", c => c.IsVector, []);
        Pick("time", c => c.IsTime, TimeNames);
        PickAny("time", c => c.IsTime && !(named && c.IsNumber));
        Pick("text", c => c.IsProse, TextNames);
        if (!Picked.ContainsKey("text") && Left.Where(c => c.IsProse).MaxBy(c => c.MeanChars) is { } longest)
            Take("text", longest);
        Pick("source", c => IsName(c), SourceNames);
        Pick("owner", c => IsName(c), OwnerNames);
        Pick("identity", c => c.Distinct > 1 && !c.IsProse && !IsMeasure(c), IdentityNames);
        Pick("id", c => c.IsUnique && !c.IsProse, IdNames);
        PickAny("id", c => c.IsUnique && c.IsUuid);
        Pick("tool", c => IsName(c), ["tool"]);
        Pick("reward", c => c.IsNumber, ["reward"]);
        Pick("value", c => c.IsNumber, ValueNames);
        Pick("label", IsClass, LabelNames);
        if (Picked.ContainsKey("identity"))
            Pick("target", c => !c.IsProse && !IsMeasure(c), TargetNames);
    }

    /// <summary>Few values for many records; in a short sample any repetition will do.</summary>
    public static bool IsClass(ColumnSample column) =>
        column.Distinct <= Math.Min(50, Math.Max(2, column.Count / 2)) && !column.IsProse && column.Count > 0;

    private static bool IsName(ColumnSample column) => column.Count > 0 && !column.IsNumber && !column.IsProse && !column.IsVector;

    /// <summary>A number with a fraction: nobody's name.</summary>
    private static bool IsMeasure(ColumnSample column) => column.IsVector || (column.IsNumber && column.HasFractions);

    /// <summary>The first name on the list wins; among columns that bear it, the one with the fewest words.</summary>
    private void Pick(string field, Func<ColumnSample, bool> fits, string[] names)
    {
        if (Picked.ContainsKey(field))
            return;
        if (names.Length == 0)
        {
            PickAny(field, fits);
            return;
        }

        foreach (var name in names)
        {
            var best = Left.Where(c => (c.Words.Contains(name) || c.Words.Contains(name + "id")) && fits(c)).MinBy(c => c.Words.Length);
            if (best is null)
                continue;
            Take(field, best);
            return;
        }
    }

    private void PickAny(string field, Func<ColumnSample, bool> fits)
    {
        if (!Picked.ContainsKey(field) && Left.FirstOrDefault(fits) is { } first)
            Take(field, first);
    }

    private void Take(string field, ColumnSample column)
    {
        Picked[field] = column;
        _taken.Add(column);
    }
}
