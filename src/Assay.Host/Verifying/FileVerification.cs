using Assay.Contracts.Signing;
using Assay.Host.Settings;

namespace Assay.Host.Verifying;

/// <summary>Verifies the lines of <c>decisions.jsonl</c> or <c>recalls.jsonl</c>.</summary>
internal static class FileVerification
{
    /// <exception cref="SettingsException">The file cannot be read.</exception>
    public static void Run(string path, TrustVerifier verifier, VerifyTally tally)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1);
            foreach (var (index, line) in ByteLines.Read(file).Index())
                Add($"{path}:{index + 1}", line, verifier, tally);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"'{path}' cannot be read: {e.Message}", e);
        }
    }

    private static void Add(string at, ReadOnlyMemory<byte>? line, TrustVerifier verifier, VerifyTally tally)
    {
        if (line is not { } bytes)
        {
            tally.AddBad(at, $"the line is longer than {ByteLines.MaxBytes / 1_024 / 1_024} MiB");
            return;
        }

        var check = SignedLines.Verify(bytes.Span, verifier);
        if (check.State == SignatureState.Good)
            tally.AddGood();
        else if (check.State == SignatureState.Unsigned)
            tally.AddUnsigned(at, check.Reason!);
        else
            tally.AddBad(at, check.Reason!);
    }
}
