using Assay.Contracts.Records;

namespace Assay.Mapping.Reading;

/// <summary>Where in a message the reader is, and which paths under wildcards it has met in this message.</summary>
internal sealed class PathTracker(PathNames names)
{
    private readonly byte[] _path = new byte[ReadLimits.MaxPathBytes];
    private int[] _seen = new int[16];
    private int _message;

    /// <summary>Bytes of the path. Set it back to leave a member.</summary>
    public int Length { get; set; }

    /// <summary>Where the name of a member of the current value begins.</summary>
    public int MemberStart => Length == 0 ? 0 : Length + 1;

    public void Start()
    {
        Length = 0;
        _message++;
    }

    /// <returns>False where the path would become too long.</returns>
    public bool TryEnter(ReadOnlySpan<byte> member)
    {
        var start = MemberStart;
        if (start + member.Length > _path.Length)
            return false;
        if (start > 0)
            _path[start - 1] = PathNames.Separator;
        member.CopyTo(_path.AsSpan(start));
        Length = start + member.Length;
        return true;
    }

    /// <returns>False where the message had a value at this path, or at one that looks the same when dotted.</returns>
    public bool TryMeet(in Wildcards wild, Record record, out PathName name)
    {
        name = names.Get(_path.AsSpan(0, Length), wild);
        if (name.Index < 0)
            return !Has(record.Features, name.Feature) && !Has(record.Attributes, name.Attribute) && !Has(record.Provenance, name.Provenance);
        if (name.Index >= _seen.Length)
            Array.Resize(ref _seen, Math.Min(PathNames.Capacity, Math.Max(_seen.Length * 2, name.Index + 1)));
        if (_seen[name.Index] == _message)
            return false;
        _seen[name.Index] = _message;
        return true;
    }

    private static bool Has<T>(FieldList<T> fields, string name) => name.Length > 0 && fields.TryGet(name, out _);
}
