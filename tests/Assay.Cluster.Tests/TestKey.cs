using Assay.Host.Settings;

namespace Assay.Cluster.Tests;

/// <summary>The signing key that all processes of a test run share.</summary>
internal static class TestKey
{
    private static readonly Lazy<string> Made = new(() =>
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("assay-key-").FullName, "signing.pem");
        KeyFiles.Create(file);
        return file;
    });

    public static string File => Made.Value;
}
