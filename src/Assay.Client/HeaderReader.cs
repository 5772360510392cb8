using System.Globalization;
using System.Text;
using Assay.Contracts.Records;
using Assay.Contracts.Topics;
using Assay.Contracts.Verdicts;
using Assay.Contracts.Wire;

namespace Assay.Client;

/// <summary>
/// Reads the headers that Assay appends. A record that has been through Assay before may bring headers of the same names: the last ones count.
/// </summary>
internal sealed class HeaderReader(IReadOnlyList<RecordHeader> headers)
{
    public RecordMark? Mark()
    {
        var at = Last(HeaderNames.Verdict);
        if (at < 0)
            return null;
        if (!VerdictNames.TryParseKind(headers[at].Value, out var kind))
            throw Unreadable(HeaderNames.Verdict, Text(at), "admit, hold, reject or dead-letter");
        var score = Required(HeaderNames.Score);
        if (!double.TryParse(score, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            throw Unreadable(HeaderNames.Score, score, "a number");
        var reasons = Enumerable.Range(at, headers.Count - at).Where(i => headers[i].Key == HeaderNames.Reason).Select(Text);
        return new RecordMark(kind, number, [.. reasons], Origin());
    }

    public RecordOrigin? Origin()
    {
        var at = Last(HeaderNames.Connect.Topic);
        if (at < 0)
            return null;
        var partition = Number(HeaderNames.Connect.Partition);
        if (partition > int.MaxValue)
            throw Unreadable(HeaderNames.Connect.Partition, Required(HeaderNames.Connect.Partition), "a partition");
        return new RecordOrigin(Text(at), (int)partition, Number(HeaderNames.Connect.Offset));
    }

    public ReadFailure Failure() => new(
        Required(HeaderNames.Connect.Stage), Required(HeaderNames.Rule), Required(HeaderNames.Connect.ExceptionMessage));

    private long Number(string name)
    {
        var text = Required(name);
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Unreadable(name, text, "decimal digits");
    }

    private string Required(string name)
    {
        var at = Last(name);
        return at >= 0 ? Text(at) : throw new MessageFormatException($"the message has no {name} header");
    }

    private int Last(string name)
    {
        for (var i = headers.Count - 1; i >= 0; i--)
        {
            if (headers[i].Key == name)
                return i;
        }

        return -1;
    }

    private string Text(int at) => Encoding.UTF8.GetString(headers[at].Value ?? []);

    private static MessageFormatException Unreadable(string name, string found, string expected) =>
        new($"header {name} is '{found}', expected {expected}");
}
