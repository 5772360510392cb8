using System.Diagnostics.CodeAnalysis;

namespace Assay.Contracts.Records;

/// <summary>Named values in message order. Names are interned by the reader, so that equal names are usually the same object.</summary>
public sealed class FieldList<T>
{
    private string[] _names = new string[8];
    private T[] _values = new T[8];

    public int Count { get; private set; }

    public ReadOnlySpan<string> Names => _names.AsSpan(0, Count);

    public ReadOnlySpan<T> Values => _values.AsSpan(0, Count);

    public void Add(string name, T value)
    {
        if (Count == _names.Length)
        {
            Array.Resize(ref _names, Count * 2);
            Array.Resize(ref _values, Count * 2);
        }

        _names[Count] = name;
        _values[Count++] = value;
    }

    public void Clear() => Count = 0;

    public bool TryGet(string name, [MaybeNullWhen(false)] out T value)
    {
        for (var i = 0; i < Count; i++)
        {
            if (ReferenceEquals(_names[i], name) || string.Equals(_names[i], name, StringComparison.Ordinal))
            {
                value = _values[i];
                return true;
            }
        }

        value = default;
        return false;
    }
}
