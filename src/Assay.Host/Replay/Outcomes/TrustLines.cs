using System.Text.Encodings.Web;
using System.Text.Json;
using Assay.Contracts.Signing;
using Assay.Contracts.Trust;

namespace Assay.Host.Replay.Outcomes;

/// <summary>Decisions and recalls as lines of JSON; signed where there is a key.</summary>
/// <param name="signer">Null for lines without a signature.</param>
internal sealed class TrustLines(TrustSigner? signer)
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public byte[] Of(Decision decision) =>
        signer is null ? Plain(json => TrustCodec.WriteData(json, decision)) : SignedLines.Write(decision, signer);

    public byte[] Of(Recall recall) => signer is null ? Plain(json => TrustCodec.WriteData(json, recall)) : SignedLines.Write(recall, signer);

    private static byte[] Plain(Action<Utf8JsonWriter> data)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
            data(json);
        return buffer.ToArray();
    }
}
