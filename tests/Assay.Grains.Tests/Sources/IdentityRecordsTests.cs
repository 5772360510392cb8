using Assay.Contracts.State;
using Assay.Contracts.Verdicts;
using Assay.Grains.Sources;

namespace Assay.Grains.Tests.Sources;

public sealed class IdentityRecordsTests
{
    [Fact]
    public void Observe_AtTheCap_ForgetsTheLongestSilent()
    {
        var identities = new IdentityRecords(3);
        foreach (var (i, who) in new[] { "a", "b", "c", "a", "d" }.Index())
            identities.Touch(who, i).Count(VerdictKind.Admit, i);
        Assert.Equal((3, 1L), (identities.Count, identities.Forgotten));
        Assert.Null(identities.Find("b"));
        Assert.Equal((2L, 0L, 3L), (identities.Find("a")!.Admitted, identities.Find("a")!.FirstOffset, identities.Find("a")!.LastOffset));
    }

    [Fact]
    public void Read_AfterWrite_ForgetsInTheSameOrder()
    {
        var whole = new IdentityRecords(50);
        for (var i = 0; i < 500; i++)
            whole.Touch($"writer-{i * 7 % 71}", i).Count((VerdictKind)(1 + (i % 3)), i);
        var restored = new IdentityRecords(50);
        var reader = new StateReader(Bytes(whole));
        restored.Read(ref reader, whole.StateVersion);
        for (var i = 500; i < 900; i++)
        {
            whole.Touch($"writer-{i * 11 % 71}", i).Count(VerdictKind.Hold, i);
            restored.Touch($"writer-{i * 11 % 71}", i).Count(VerdictKind.Hold, i);
        }

        Assert.Equal(Bytes(whole), Bytes(restored));
    }

    private static byte[] Bytes(IdentityRecords identities)
    {
        var writer = new StateWriter();
        identities.Write(writer);
        return writer.Written.ToArray();
    }
}
