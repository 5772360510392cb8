using System.Globalization;
using System.Text.Json;

namespace Assay.Mapping.Profiles;

/// <summary>Reads the forms in which a profile says where a value is found.</summary>
/// <param name="fail">Called with line, key and message.</param>
internal sealed class LocatorBinder(ProfileFormat format, Action<int, string, string> fail)
{
    private static readonly string[] Forms = ["pointer", "column", "header", "constant"];

    /// <returns>Null after a fault.</returns>
    public Locator? Bind(SyntaxNode node, string key) => node.Kind switch
    {
        JsonValueKind.String => Check(Plain(node.Text) with { Line = node.Line }, key),
        JsonValueKind.Object => Object(node, key),
        _ => Fault(node.Line, key, $"expected a string or an object such as {Example}, found {node.Described}"),
    };

    /// <summary>The root of a wildcard: <c>"*"</c> or a pointer.</summary>
    public Locator? Wildcard(SyntaxNode node, string key)
    {
        var text = node.Text is "*" ? "" : node.Text;
        if (node.Kind != JsonValueKind.String)
            return Fault(node.Line, key + "/*", $"expected \"*\" or a pointer, found {node.Described}");
        if (format == ProfileFormat.Csv && text.Length > 0)
            return Fault(node.Line, key + "/*", "in csv \"*\" takes every column that no other field uses; write \"*\": \"*\"");
        if (!JsonPointer.TryParse(text, out _))
            return Fault(
                node.Line, key + "/*", $"\"{text}\" is no JSON pointer; it starts with \"/\", e.g. \"/data\", or is \"*\" for the whole message");
        return Locator.Pointer(text) with { Line = node.Line };
    }

    private string Example => format == ProfileFormat.Csv ? "{\"column\": \"x\"}" : "{\"pointer\": \"/x\"}";

    private Locator Plain(string text)
    {
        if (text.StartsWith("header:", StringComparison.Ordinal))
            return Locator.Header(text["header:".Length..]);
        if (format == ProfileFormat.Csv)
            return new Locator(LocatorKind.ColumnOrConstant, text);
        return text.StartsWith('/') ? Locator.Pointer(text) : Locator.Constant(text);
    }

    private Locator? Object(SyntaxNode node, string key)
    {
        var forms = node.Members.FindAll(m => Forms.Contains(m.Name));
        if (forms.Count != 1)
            return Fault(node.Line, key, $"expected exactly one of {string.Join(", ", Forms)}, e.g. {Example}");
        var (form, line, value) = forms[0];
        if (value.Kind != JsonValueKind.String)
            return Fault(line, key, $"\"{form}\" expects a string, found {value.Described}");
        var kind = form switch
        {
            "pointer" => LocatorKind.Pointer,
            "column" => LocatorKind.Column,
            "header" => LocatorKind.Header,
            _ => LocatorKind.Constant,
        };
        var locator = new Locator(kind, value.Text) { Line = line };
        return node.Members.Count == 1 ? Check(locator, key) : WithTime(node, locator, key);
    }

    private Locator? WithTime(SyntaxNode node, Locator locator, string key)
    {
        foreach (var (name, line, value) in node.Members)
        {
            if (Forms.Contains(name))
                continue;
            if (key != "time" || name is not ("unit" or "format"))
                return Fault(
                    line,
                    key,
                    $"\"{name}\" has no meaning here." + Suggestion.DidYouMean(name, key == "time" ? [.. Forms, "unit", "format"] : Forms));
            if (value.Kind != JsonValueKind.String)
                return Fault(line, key, $"\"{name}\" expects a string, found {value.Described}");
            if (name == "format")
                locator = locator with { TimeFormat = value.Text };
            else if (ProfileKeys.Units.TryGetValue(value.Text, out var unit))
                locator = locator with { Unit = unit };
            else
                return Fault(line, key, $"\"{value.Text}\" is no unit of time; one of {string.Join(", ", ProfileKeys.Units.Keys)}");
        }

        if (locator is { TimeFormat: not null, Unit: not TimeUnit.Auto })
            return Fault(node.Line, key, "has a \"unit\" and a \"format\"; keep one");
        return Check(locator, key);
    }

    private Locator? Check(Locator locator, string key)
    {
        switch (locator.Kind)
        {
            case LocatorKind.Pointer when format == ProfileFormat.Csv:
                return Fault(locator.Line, key, "a pointer reads JSON; in csv name the column: {\"column\": \"x\"}");
            case LocatorKind.Pointer when !JsonPointer.TryParse(locator.Value, out _):
                return Fault(
                    locator.Line, key, $"\"{locator.Value}\" is no JSON pointer (RFC 6901): it starts with \"/\", and \"~\" is written \"~0\"");
            case LocatorKind.Column when format != ProfileFormat.Csv:
                return Fault(locator.Line, key, $"columns are found in csv only; use {{\"pointer\": \"/{locator.Value}\"}}");
            case LocatorKind.Header when locator.Value.Length == 0:
                return Fault(locator.Line, key, "the name of the header is empty");
            case LocatorKind.Constant:
                return Constant(locator, key);
            default:
                return locator;
        }
    }

    private Locator? Constant(Locator locator, string key)
    {
        var hint = format == ProfileFormat.Csv ? "" : $" For the value of that name write \"/{locator.Value}\".";
        if (locator.Value.Length == 0)
            return Fault(locator.Line, key, "is empty; leave the key out where there is nothing to read");
        if (!ProfileKeys.MayBeConstant(key))
            return Fault(locator.Line, key, $"the constant \"{locator.Value}\" would be the same in every record.{hint}");
        if (ProfileKeys.IsNumber(key) && !IsFinite(locator.Value))
            return Fault(locator.Line, key, $"the constant \"{locator.Value}\" is no number.{hint}");
        return locator;
    }

    private static bool IsFinite(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);

    private Locator? Fault(int line, string key, string message)
    {
        fail(line, key, message);
        return null;
    }
}
