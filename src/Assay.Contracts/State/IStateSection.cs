using System.Text.Json;

namespace Assay.Contracts.State;

/// <summary>One part of a source's durable state: written, read back in any version ever shipped, and printed for people.</summary>
public interface IStateSection
{
    /// <summary>Raised by one when the bytes change meaning; older versions stay readable and are kept as fixtures.</summary>
    int StateVersion { get; }

    void Write(StateWriter writer);

    /// <exception cref="StateFormatException">The bytes are no state of that version.</exception>
    void Read(ref StateReader reader, int version);

    /// <summary>Writes one JSON value (an object) for <c>assay state show</c>.</summary>
    void Describe(Utf8JsonWriter json);
}
