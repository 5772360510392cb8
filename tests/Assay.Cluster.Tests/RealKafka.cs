namespace Assay.Cluster.Tests;

/// <summary>The broker that <c>ASSAY_TEST_KAFKA</c> names.</summary>
internal static class RealKafka
{
    /// <summary>Its address; the test is skipped, visibly, where there is none.</summary>
    public static string Address()
    {
        var address = Environment.GetEnvironmentVariable("ASSAY_TEST_KAFKA");
        Assert.SkipWhen(string.IsNullOrEmpty(address), "ASSAY_TEST_KAFKA names no broker (HOST:PORT).");
        return address!;
    }
}
