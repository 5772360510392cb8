using Assay.Contracts.Signing;
using Assay.Contracts.Trust;

namespace Assay.Host.Tests.Signing;

/// <summary>Decisions and recalls to be signed, and files of signed lines.</summary>
internal static class Signed
{
    public static Decision Decision(int n) => new()
    {
        Identity = $"svc-{n}",
        Source = n % 3 == 0 ? "vendor/é" : null,
        Standing = n % 2 == 0 ? Standing.Quarantined : Standing.Trusted,
        Epoch = n + 1,
        At = $"ingest/0/{n}",
        Reason = "label >50K turned to <=50K where occupation=Exec-managerial, 15 records, 1.9 expected",
        Evidence = new DecisionEvidence(100.25 * n, 100_000),
        Frameworks = ["AML.T0020"],
    };

    public static Recall Recall(int n) => new()
    {
        Identity = $"svc-{n}",
        Epoch = n + 1,
        From = "ingest/0/5",
        To = "ingest/0/9",
        Records = 5,
        Ranges = [new RecallRange("ingest", 0, 5, 9)],
    };

    /// <summary>As replay writes <c>decisions.jsonl</c> where it has a key.</summary>
    public static byte[] Lines(int count, TrustSigner signer) =>
        [.. Enumerable.Range(0, count).SelectMany(n => (byte[])[.. SignedLines.Write(Decision(n), signer), (byte)'\n'])];
}
