using System.Text;

namespace Assay.Mapping.Reading;

/// <summary>A few strings to compare UTF-8 values with.</summary>
internal sealed class Utf8Set(IEnumerable<string> values)
{
    private readonly byte[][] _values = values.Select(Encoding.UTF8.GetBytes).ToArray();

    public bool Contains(ReadOnlySpan<byte> value)
    {
        foreach (var candidate in _values)
        {
            if (value.SequenceEqual(candidate))
                return true;
        }

        return false;
    }
}
