using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Assay.Contracts.Trust;

/// <summary>
/// Whom a standing is about, and the key of decisions and recalls on Kafka. An identity whose word for itself is all there is gets a standing
/// per source, so that nobody can have a victim quarantined elsewhere by writing in its name.
/// </summary>
/// <param name="Identity">The identity, not empty.</param>
/// <param name="Source">The one source that the standing holds for; null where the identity is attested and the standing holds everywhere.</param>
[GenerateSerializer, Immutable, Alias("assay.standing-key")]
public readonly record struct StandingKey([property: Id(0)] string Identity, [property: Id(1)] string? Source = null)
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// The message key: the identity as it is, or a JSON array <c>["identity","source"]</c>. An identity that itself begins with a bracket
    /// becomes an array of one, so that no two keys read alike.
    /// </summary>
    public override string ToString()
    {
        if (Source is null && !Identity.StartsWith('['))
            return Identity;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStartArray();
            json.WriteStringValue(Identity);
            if (Source is not null)
                json.WriteStringValue(Source);
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    /// <exception cref="FormatException">Begins with a bracket and is no array of one or two strings, or is empty.</exception>
    public static StandingKey Parse(string key)
    {
        if (!key.StartsWith('['))
            return key.Length > 0 ? new StandingKey(key) : throw new FormatException("a standing's key is empty");
        try
        {
            using var document = JsonDocument.Parse(key);
            return FromArray(document.RootElement) ?? throw Malformed(key, null);
        }
        catch (JsonException e)
        {
            throw Malformed(key, e);
        }
    }

    private static StandingKey? FromArray(JsonElement array)
    {
        if (array.GetArrayLength() is not (1 or 2) || array.EnumerateArray().Any(e => e.ValueKind != JsonValueKind.String))
            return null;
        return new StandingKey(array[0].GetString()!, array.GetArrayLength() == 2 ? array[1].GetString() : null);
    }

    private static FormatException Malformed(string key, Exception? inner) =>
        new($"'{key}' is no standing's key: expected an identity, or [\"identity\",\"source\"].", inner);
}
