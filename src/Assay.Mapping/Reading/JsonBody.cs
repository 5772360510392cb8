using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using System.Text.Unicode;
using Assay.Contracts.Records;

namespace Assay.Mapping.Reading;

/// <summary>
/// Reads one JSON message in one pass, without a document: what no pointer leads to is skipped. A key that stands twice where the profile reads is
/// refused, since whoever learns from the record may take the other value than Assay.
/// </summary>
internal sealed class JsonBody(JsonPlan plan, ReadLimits limits, RecordBuilder builder)
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = ReadLimits.MaxDepth };

    private readonly byte[] _path = new byte[ReadLimits.MaxPathBytes];
    private readonly int[] _nodeSeen = new int[plan.Nodes];
    private readonly List<float> _vector = [];
    private int[] _nameSeen = new int[16];
    private int _pathLength;
    private int _generation;

    /// <param name="root">Of the message, or of the envelope of a CloudEvent.</param>
    /// <param name="utf8">Valid UTF-8.</param>
    public bool Read(PathNode root, ReadOnlySpan<byte> utf8)
    {
        _pathLength = 0;
        _generation++;
        return ReadDocument(root, utf8);
    }

    private bool ReadDocument(PathNode root, ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, Options);
        try
        {
            return reader.Read() && Value(ref reader, root, Wildcards.None) && !reader.Read();
        }
        catch (JsonException e)
        {
            return NotJson(utf8, reader.BytesConsumed, reader.CurrentDepth, e);
        }
        catch (InvalidOperationException)
        {
            // The bytes are valid UTF-8, so only an escape such as \ud800 without its other half is left.
            return builder.Fail(
                ReadFailure.Stages.Decode, "json", $"the string at byte {reader.TokenStartIndex} holds half a surrogate pair (\\ud800 to \\udfff)");
        }
    }

    private bool Value(ref Utf8JsonReader reader, PathNode? node, Wildcards wild)
    {
        if (node is not null)
        {
            if (_nodeSeen[node.Index] == _generation)
                return Twice(node.Path);
            _nodeSeen[node.Index] = _generation;
            if (node.DecodedRoot is { } decoded)
                return Data(ref reader, node, decoded);
            if (node.Targets.Count > 0)
                return Mapped(ref reader, node);
            wild = wild.Enter(node, _pathLength == 0 ? 0 : _pathLength + 1);
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return Object(ref reader, node, wild);
            case JsonTokenType.StartArray:
                return Array(ref reader, node, wild);
            case not JsonTokenType.Null when node?.IsWildcardRoot == true:
                return NoContainer(ref reader, node);
            default:
                return !wild.Any || Found(ref reader, wild);
        }
    }

    private bool Object(ref Utf8JsonReader reader, PathNode? node, Wildcards wild)
    {
        if (wild.Any && _pathLength > 0 && !FirstAt(wild, out _))
            return false;
        var next = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            byte[]? rented = null;
            var name = reader.ValueIsEscaped ? Unescape(ref reader, ref rented) : reader.ValueSpan;
            var child = node?.Member(name, ref next);
            var outer = _pathLength;
            var fits = (child is null && !wild.Any) || Push(name);
            Return(rented);
            if (!fits || !reader.Read())
                return false;
            if (child is null && !wild.Any)
                reader.Skip();
            else if (!Value(ref reader, child, wild))
                return false;
            _pathLength = outer;
        }

        return true;
    }

    private bool Array(ref Utf8JsonReader reader, PathNode? node, Wildcards wild)
    {
        if (wild.Any && _pathLength > 0 && !FirstAt(wild, out _))
            return false;
        Span<byte> digits = stackalloc byte[10];
        for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            var child = node?.Item(i);
            if (child is null && !wild.Any)
            {
                reader.Skip();
                continue;
            }

            var outer = _pathLength;
            Utf8Formatter.TryFormat(i, digits, out var length);
            if (!Push(digits[..length]) || !Value(ref reader, child, wild))
                return false;
            _pathLength = outer;
        }

        return true;
    }

    private bool Mapped(ref Utf8JsonReader reader, PathNode node)
    {
        byte[]? rented = null;
        var kind = Kind(reader.TokenType);
        var value = kind switch
        {
            ValueKind.String when reader.ValueIsEscaped => Unescape(ref reader, ref rented),
            ValueKind.String or ValueKind.Number or ValueKind.Boolean => reader.ValueSpan,
            _ => [],
        };
        var vectorRead = false;
        var fine = true;
        foreach (var target in node.Targets)
        {
            if (kind == ValueKind.Array && target.Role == FieldRole.Embedding)
                fine = (vectorRead || Vector(ref reader, target)) && builder.SetEmbedding(_vector);
            else
                fine = builder.Set(target, kind, value);
            vectorRead |= fine && kind == ValueKind.Array;
            if (!fine)
                break;
        }

        Return(rented);
        return fine;
    }

    private bool Vector(ref Utf8JsonReader reader, FieldTarget target)
    {
        _vector.Clear();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var kind = Kind(reader.TokenType);
            if (!EmbeddingCell.TryAdd(kind == ValueKind.Number ? reader.ValueSpan : [], kind, _vector, limits, target, builder))
                return false;
        }

        return true;
    }

    /// <summary>The data of a structured CloudEvent, as JSON or as base64 of JSON.</summary>
    private bool Data(ref Utf8JsonReader reader, PathNode node, PathNode root)
    {
        if (node.Name.AsSpan().SequenceEqual("data"u8))
            return Value(ref reader, root, Wildcards.None);
        if (reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped)
            return builder.Fail(ReadFailure.Stages.Decode, CloudEventRules.Rule, $"{CloudEventRules.Base64Data} is no base64 string");
        var rented = ArrayPool<byte>.Shared.Rent(Base64.GetMaxDecodedFromUtf8Length(reader.ValueSpan.Length));
        try
        {
            if (Base64.DecodeFromUtf8(reader.ValueSpan, rented, out _, out var length) != OperationStatus.Done)
                return builder.Fail(ReadFailure.Stages.Decode, CloudEventRules.Rule, $"{CloudEventRules.Base64Data} is no base64");
            var data = rented.AsSpan(0, length);
            return Utf8.IsValid(data)
                ? ReadDocument(root, data)
                : builder.Fail(ReadFailure.Stages.Decode, "utf8", $"{CloudEventRules.Base64Data} holds no valid UTF-8");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>A scalar under a wildcard.</summary>
    private bool Found(ref Utf8JsonReader reader, in Wildcards wild)
    {
        if (!FirstAt(wild, out var name))
            return false;
        byte[]? rented = null;
        var kind = Kind(reader.TokenType);
        var value = kind == ValueKind.String && reader.ValueIsEscaped ? Unescape(ref reader, ref rented) : reader.ValueSpan;
        var fine = kind == ValueKind.Null || builder.IsMissing(kind, value) || Take(name, kind, value, wild);
        Return(rented);
        return fine;
    }

    private bool Take(PathName name, ValueKind kind, ReadOnlySpan<byte> value, in Wildcards wild)
    {
        if (kind == ValueKind.Number)
        {
            if (wild.Feature < 0)
                return true;
            return NumberText.Parse(value, out var number) == NumberOutcome.Finite
                ? builder.AddFeature(name.Feature, number)
                : builder.NotFinite("features/*", $"at {name.Feature}", value);
        }

        if (wild is { Attribute: < 0, Provenance: < 0 })
            return true;
        return builder.TryString("attributes/*", value, out var text)
            && (wild.Attribute < 0 || builder.AddAttribute(name.Attribute, text))
            && (wild.Provenance < 0 || builder.AddProvenance(name.Provenance, text));
    }

    /// <summary>Notes that the path under a wildcard was met, and refuses it where it was met before.</summary>
    private bool FirstAt(in Wildcards wild, out PathName name)
    {
        name = plan.Names.Get(_path.AsSpan(0, _pathLength), wild);
        if (name.Index < 0)
        {
            return (!builder.Record.Features.TryGet(name.Feature, out _) && !builder.Record.Attributes.TryGet(name.Attribute, out _))
                || Twice(name.Dotted);
        }

        if (name.Index >= _nameSeen.Length)
            System.Array.Resize(ref _nameSeen, Math.Min(PathNames.Capacity, Math.Max(_nameSeen.Length * 2, name.Index + 1)));
        if (_nameSeen[name.Index] == _generation)
            return Twice(name.Dotted);
        _nameSeen[name.Index] = _generation;
        return true;
    }

    private bool NoContainer(ref Utf8JsonReader reader, PathNode node)
    {
        var place = node.Path.Length == 0 ? "at the root" : $"at {node.Path}";
        var found = Quoted.Described(Kind(reader.TokenType), reader.ValueSpan);
        return builder.Fail(ReadFailure.Stages.Map, $"{node.WildcardKey}/*", $"{node.WildcardKey}/*: expected an object or an array {place}, found {found}");
    }

    private bool Push(ReadOnlySpan<byte> name)
    {
        var dot = _pathLength > 0 ? 1 : 0;
        if (_pathLength + dot + name.Length > _path.Length)
        {
            return builder.Fail(
                ReadFailure.Stages.Map, "max-path", $"the path to a field is longer than {ReadLimits.MaxPathBytes} bytes, at {Quoted.Text(name)}");
        }

        if (dot > 0)
            _path[_pathLength++] = PathNames.Separator;
        name.CopyTo(_path.AsSpan(_pathLength));
        _pathLength += name.Length;
        return true;
    }

    private static ReadOnlySpan<byte> Unescape(ref Utf8JsonReader reader, ref byte[]? rented)
    {
        rented = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        return rented.AsSpan(0, reader.CopyString(rented));
    }

    private static void Return(byte[]? rented)
    {
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
    }

    private static ValueKind Kind(JsonTokenType token) => token switch
    {
        JsonTokenType.String => ValueKind.String,
        JsonTokenType.Number => ValueKind.Number,
        JsonTokenType.True or JsonTokenType.False => ValueKind.Boolean,
        JsonTokenType.StartObject => ValueKind.Object,
        JsonTokenType.StartArray => ValueKind.Array,
        _ => ValueKind.Null,
    };

    private bool Twice(string path) => builder.Fail(
        ReadFailure.Stages.Decode, "duplicate-key", $"the key {Quoted.Text(path)} stands twice in one message; readers would disagree about its value");

    private bool NotJson(ReadOnlySpan<byte> utf8, long consumed, int depth, JsonException exception)
    {
        var rest = utf8[(int)consumed..].TrimStart(" \t\r\n:,"u8);
        if (depth >= ReadLimits.MaxDepth - 1 && rest is [(byte)'{' or (byte)'[', ..])
        {
            return builder.Fail(
                ReadFailure.Stages.Decode, "json-depth", $"nested deeper than {ReadLimits.MaxDepth} levels at byte {utf8.Length - rest.Length}");
        }

        var text = exception.Message.Split(" LineNumber:")[0];
        return builder.Fail(ReadFailure.Stages.Decode, "json", $"not JSON at byte {Position(utf8, exception)}: {Quoted.Text(text)[1..^1]}");
    }

    private static long Position(ReadOnlySpan<byte> utf8, JsonException exception)
    {
        var start = 0;
        for (var line = exception.LineNumber ?? 0; line > 0; line--)
            start += utf8[start..].IndexOf((byte)'\n') + 1;
        return start + (exception.BytePositionInLine ?? 0);
    }
}
