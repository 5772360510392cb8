namespace Assay.Mapping.Inference;

/// <summary>Takes the names of columns apart.</summary>
internal static class NameWords
{
    public static string[] Split(string name)
    {
        var words = new List<string>();
        var start = 0;
        for (var i = 0; i <= name.Length; i++)
        {
            var ends = i == name.Length || !char.IsLetterOrDigit(name[i]);
            var camel = !ends && i > start && char.IsUpper(name[i]) && char.IsLower(name[i - 1]);
            if (!ends && !camel)
                continue;
            if (i > start)
                words.Add(name[start..i].ToLowerInvariant());
            start = camel ? i : i + 1;
        }

        return [.. words];
    }
}
