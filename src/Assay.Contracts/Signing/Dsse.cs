using System.Globalization;
using System.Text;

namespace Assay.Contracts.Signing;

/// <summary>What a signature is made over: DSSE's pre-authentication encoding (PAE, version 1; https://github.com/secure-systems-lab/dsse).</summary>
public static class Dsse
{
    /// <summary>The type of every payload that Assay signs: a structured CloudEvent, as it is the value of the Kafka message.</summary>
    public const string PayloadType = "application/cloudevents+json";

    /// <summary><c>DSSEv1 &lt;length&gt; &lt;type&gt; &lt;length&gt; &lt;payload&gt;</c>, lengths in bytes and decimal digits.</summary>
    public static byte[] Encode(string payloadType, ReadOnlySpan<byte> payload)
    {
        var typeLength = Encoding.UTF8.GetByteCount(payloadType);
        var head = string.Create(CultureInfo.InvariantCulture, $"DSSEv1 {typeLength} {payloadType} {payload.Length} ");
        return [.. Encoding.UTF8.GetBytes(head), .. payload];
    }
}
