using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using System.Text.Unicode;
using Assay.Contracts.Records;

namespace Assay.Mapping.Reading;

/// <summary>
/// Reads one JSON message in one pass, without a document: what no pointer leads to is skipped. A key that stands twice where the profile
/// reads is
/// refused, since whoever learns from the record may take the other value than Assay.
/// </summary>
internal sealed class JsonBody(JsonPlan plan, ReadLimits limits, RecordBuilder builder)
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = ReadLimits.MaxDepth };

    private readonly PathTracker _path = new(plan.Names);
    private readonly int[] _seen = new int[plan.Nodes];
    private readonly List<float> _vector = [];
    private int _message;

    /// <param name="root">Of the message, or of the envelope of a CloudEvent.</param>
    /// <param name="utf8">Valid UTF-8.</param>
    public bool Read(PathNode root, ReadOnlySpan<byte> utf8)
    {
        _path.Start();
        _message++;
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
            return JsonFaults.NotJson(utf8, reader, e, builder);
        }
        catch (InvalidOperationException)
        {
            // The bytes are valid UTF-8, so only an escape such as \ud800 without its other half is left.
            return JsonFaults.HalfSurrogate(reader.TokenStartIndex, builder);
        }
    }

    private bool Value(ref Utf8JsonReader reader, PathNode? node, Wildcards wild)
    {
        if (node is not null)
        {
            if (_seen[node.Index] == _message)
                return JsonFaults.Twice(node.Path, builder);
            _seen[node.Index] = _message;
            if (node.DecodedRoot is { } decoded)
                return Data(ref reader, node, decoded);
            if (node.Targets.Count > 0)
                return Mapped(ref reader, node);
            wild = wild.Enter(node, _path.MemberStart);
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return Object(ref reader, node, wild);
            case JsonTokenType.StartArray:
                return Array(ref reader, node, wild);
            case not JsonTokenType.Null when node?.IsWildcardRoot == true:
                return JsonFaults.NoContainer(node, Kind(reader.TokenType), reader.ValueSpan, builder);
            default:
                return !wild.Any || Found(ref reader, wild);
        }
    }

    private bool Object(ref Utf8JsonReader reader, PathNode? node, Wildcards wild)
    {
        if (wild.Any && _path.Length > 0 && !Meet(wild, out _))
            return false;
        var next = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            byte[]? rented = null;
            var name = reader.ValueIsEscaped ? Unescape(ref reader, ref rented) : reader.ValueSpan;
            var child = node?.Member(name, ref next);
            var outer = _path.Length;
            var fits = (child is null && !wild.Any) || Enter(name);
            Return(rented);
            if (!fits || !reader.Read())
                return false;
            if (child is null && !wild.Any)
                reader.Skip();
            else if (!Value(ref reader, child, wild))
                return false;
            _path.Length = outer;
        }

        return true;
    }

    private bool Array(ref Utf8JsonReader reader, PathNode? node, Wildcards wild)
    {
        if (wild.Any && _path.Length > 0 && !Meet(wild, out _))
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

            var outer = _path.Length;
            Utf8Formatter.TryFormat(i, digits, out var length);
            if (!Enter(digits[..length]) || !Value(ref reader, child, wild))
                return false;
            _path.Length = outer;
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
        if (!Meet(wild, out var name))
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

    private bool Meet(in Wildcards wild, out PathName name) =>
        _path.TryMeet(wild, builder.Record, out name) || JsonFaults.Twice(name.Dotted, builder);

    private bool Enter(ReadOnlySpan<byte> member) => _path.TryEnter(member) || JsonFaults.PathTooLong(member, builder);

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
}
