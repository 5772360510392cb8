using System.Text;
using Assay.Contracts.Ports;
using Assay.Contracts.Records;

namespace Assay.Kafka.Tests.Support;

/// <summary>The message key is the source.</summary>
internal sealed class KeyRouting : IRecordReaderFactory, IRecordRouter
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public KeyRouting() => _lookup = _names.GetAlternateLookup<ReadOnlySpan<char>>();

    public IRecordReader CreateReader(string topic, int partition) => throw new NotSupportedException();

    public Assurance AssuranceOf(string topic) => Assurance.TopicAcl;

    public IRecordRouter CreateRouter(string topic) => new KeyRouting();

    public string Route(in InputRecord input)
    {
        if (input.Key is not { Length: < 100 } key)
            return IRecordRouter.Unrouted;
        Span<char> text = stackalloc char[100];
        var length = Encoding.UTF8.GetChars(key, text);
        if (!_lookup.TryGetValue(text[..length], out var name))
            _names[name = text[..length].ToString()] = name;
        return name;
    }
}
