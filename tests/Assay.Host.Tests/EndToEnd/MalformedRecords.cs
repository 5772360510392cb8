using System.Text;

namespace Assay.Host.Tests.EndToEnd;

/// <summary>Every way in which a line of a file can fail to be a record, with the rule and the words that it must end in.</summary>
internal static class MalformedRecords
{
    public const string JsonProfile =
        """
        {"format":"jsonl","dataset":"d","id":"/id","time":"/t","source":"/s","identity":"/w","label":"/l","text":"/x","features":{"a":"/a"}}
        """;

    public const string CsvProfile = """{"format":"csv","dataset":"d","id":"id","identity":"w","label":"l","features":{"a":"a"}}""";

    public const string CsvHeader = "id,w,l,a";

    public static readonly Malformed[] Json =
    [
        new("not JSON", "nonsense"u8.ToArray(), "json", "byte"),
        new("half an object", "{\"id\":\"1\","u8.ToArray(), "json", "byte"),
        new("an array", "[1,2]"u8.ToArray(), "source", "nothing at /s"),
        new("a NaN literal", Line("\"a\":NaN"), "json", "byte"),
        new("NaN as text", Line("\"a\":\"NaN\""), "features/a", "finite"),
        new("Infinity as text", Line("\"a\":\"Infinity\""), "features/a", "finite"),
        new("a number beyond doubles", Line("\"a\":1e999"), "features/a", "finite"),
        new("a word for a number", Line("\"a\":\"many\""), "features/a", "number"),
        new("an object for a number", Line("\"a\":{}"), "features/a", "number"),
        new("a number for a text", Line("\"x\":7"), "text", "string"),
        new("an array for a label", Line("\"l\":[]"), "label", ""),
        new("a 10 MB string", Line($"\"x\":\"{new string('a', 10_000_000)}\""), "size", "10000"),
        new("a million characters", Line($"\"x\":\"{new string('a', 1_000_000)}\""), "max-string-chars", "262144"),
        new("10,000 levels", Encoding.UTF8.GetBytes(new string('[', 10_000) + new string(']', 10_000)), "json-depth", "64"),
        new("10,000 levels of objects", Line("\"b\":" + string.Concat(Enumerable.Repeat("{\"a\":", 10_000)) + "1" + new string('}', 10_000)), "json-depth", "64"),
        new("invalid UTF-8", [.. "{\"id\":\""u8, 0xC3, 0x28, .. "\"}"u8], "utf8", "byte"),
        new("a NUL byte", "{\"id\":\"1\0\"}"u8.ToArray(), "nul", "NUL"),
        new("half a surrogate pair", Line("\"x\":\"\\ud800\""), "json", "surrogate"),
        new("no identity", "{\"s\":\"v\"}"u8.ToArray(), "identity", "nothing (at|in)"),
        new("no source", "{\"w\":\"ann\"}"u8.ToArray(), "source", "nothing (at|in)"),
        new("an empty object", "{}"u8.ToArray(), "(source|identity)", "nothing (at|in)"),
        new("a null identity", "{\"s\":\"v\",\"w\":null}"u8.ToArray(), "identity", "nothing (at|in)"),
        new("an identity of 300 characters", Encoding.UTF8.GetBytes($$"""{"s":"v","w":"{{new string('i', 300)}}"}"""), "identity", "256"),
        new("a control character in an identity", "{\"s\":\"v\",\"w\":\"a\\u001bb\"}"u8.ToArray(), "identity", "control"),
        new("an unreadable time", Line("\"t\":\"yesterday\""), "time", "yesterday"),
        new("an impossible date", Line("\"t\":\"2024-02-30\""), "time", "2024-02-30"),
        new("a key twice", Line("\"a\":1,\"a\":2"), "duplicate-key", "a"),
        new("two values", "{\"s\":\"v\",\"w\":\"ann\"} {}"u8.ToArray(), "json", "byte"),
    ];

    public static readonly Malformed[] Csv =
    [
        new("too few fields", "1,ann"u8.ToArray(), "columns", "2 fields.*4"),
        new("too many fields", "1,ann,yes,2,3"u8.ToArray(), "columns", "5 fields.*4"),
        new("text after a quote", "1,\"ann\"x,yes,2"u8.ToArray(), "csv", "quote"),
        new("invalid UTF-8", [.. "1,a"u8, 0xFF, .. "nn,yes,2"u8], "utf8", "byte"),
        new("a word for a number", "1,ann,yes,many"u8.ToArray(), "features/a", "number"),
        new("NaN", "1,ann,yes,NaN"u8.ToArray(), "features/a", "finite"),
        new("infinity", "1,ann,yes,-Infinity"u8.ToArray(), "features/a", "finite"),
        new("no identity", "1,,yes,2"u8.ToArray(), "identity", "nothing (at|in)"),
        new("a NUL byte", "1,ann,y\0s,2"u8.ToArray(), "nul", "NUL"),
        new("an unterminated quote", "1,\"ann,yes,2"u8.ToArray(), "quote", "not closed"),
    ];

    private static byte[] Line(string field) => Encoding.UTF8.GetBytes("{\"s\":\"v\",\"w\":\"ann\"," + field + "}");
}

/// <param name="Rule">Regular expression of the rule that gives the line up.</param>
/// <param name="Reason">Regular expression of a part of the reason.</param>
internal sealed record Malformed(string Name, byte[] Line, string Rule, string Reason);
