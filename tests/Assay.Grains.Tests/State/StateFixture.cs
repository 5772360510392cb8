using System.Runtime.CompilerServices;

namespace Assay.Grains.Tests.State;

/// <summary>A state as a shipped version wrote it, kept for ever. <c>ASSAY_WRITE_FIXTURES=1</c> writes one that is missing; none is ever written again.</summary>
internal static class StateFixture
{
    public static byte[] Read(string name, Func<byte[]> write, [CallerFilePath] string here = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(here)!, "..", "Fixtures", name);
        if (!File.Exists(path) && Environment.GetEnvironmentVariable("ASSAY_WRITE_FIXTURES") == "1")
            File.WriteAllBytes(path, write());
        Assert.True(File.Exists(path), $"{path} is missing; ASSAY_WRITE_FIXTURES=1 writes it.");
        return File.ReadAllBytes(path);
    }
}
