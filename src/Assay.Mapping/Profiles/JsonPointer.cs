namespace Assay.Mapping.Profiles;

/// <summary>JSON pointers (RFC 6901).</summary>
internal static class JsonPointer
{
    /// <param name="tokens">Unescaped; empty for the pointer to the whole document.</param>
    public static bool TryParse(string pointer, out string[] tokens)
    {
        tokens = [];
        if (pointer.Length == 0)
            return true;
        if (pointer[0] != '/')
            return false;
        var parts = pointer[1..].Split('/');
        for (var i = 0; i < parts.Length; i++)
        {
            if (!TryUnescape(ref parts[i]))
                return false;
        }

        tokens = parts;
        return true;
    }

    /// <exception cref="ArgumentException">No JSON pointer.</exception>
    public static string[] Tokens(string pointer) =>
        TryParse(pointer, out var tokens) ? tokens : throw new ArgumentException($"'{pointer}' is no JSON pointer.", nameof(pointer));

    private static bool TryUnescape(ref string token)
    {
        for (var i = token.IndexOf('~', StringComparison.Ordinal); i >= 0; i = token.IndexOf('~', i + 1))
        {
            if (i + 1 == token.Length || token[i + 1] is not ('0' or '1'))
                return false;
        }

        token = token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
        return true;
    }
}
