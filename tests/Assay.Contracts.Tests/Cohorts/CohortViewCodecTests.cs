using System.Runtime.CompilerServices;
using Assay.Contracts.Cohorts;
using Assay.Contracts.State;

namespace Assay.Contracts.Tests.Cohorts;

public sealed class CohortViewCodecTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(200_000)]
    public void Read_OfWhatWasWritten_GivesTheSame(int bytes)
    {
        var view = View(bytes);
        var read = CohortViewCodec.Read(CohortViewCodec.Write(view));
        Assert.Equivalent(view, read, strict: true);
        Assert.Equal(CohortViewCodec.Write(view), CohortViewCodec.Write(read));
    }

    [Fact]
    public void Write_OfWhatRepeats_IsSmall() => Assert.InRange(CohortViewCodec.Write(View(200_000)).Length, 20, 2_000);

    [Fact]
    public void Read_OfAnyTruncation_Throws()
    {
        var bytes = CohortViewCodec.Write(View(100));
        for (var length = 0; length < bytes.Length; length++)
            Assert.Throws<StateFormatException>(() => CohortViewCodec.Read(bytes.AsSpan(0, length)));
    }

    [Fact]
    public void Read_OfAnyChangedByte_ThrowsOrGivesAView()
    {
        var bytes = CohortViewCodec.Write(View(100));
        var refused = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var changed = bytes.ToArray();
            changed[i] ^= 0x11;
            if (Record.Exception(() => CohortViewCodec.Read(changed)) is { } e)
            {
                Assert.IsType<StateFormatException>(e);
                refused++;
            }
        }

        Assert.True(refused > 6, $"{refused} of {bytes.Length} changed bytes were noticed");
    }

    /// <summary>A view as format 1 wrote it, kept for ever; <c>ASSAY_WRITE_FIXTURES=1</c> writes it where it is missing.</summary>
    [Fact]
    public void Read_OfAViewOfFormat1_GivesWhatWasWritten()
    {
        var path = Path.Combine(Path.GetDirectoryName(Here())!, "cohort-view.v1.bin");
        if (!File.Exists(path) && Environment.GetEnvironmentVariable("ASSAY_WRITE_FIXTURES") == "1")
            File.WriteAllBytes(path, CohortViewCodec.Write(View(100)));
        Assert.Equivalent(View(100), CohortViewCodec.Read(File.ReadAllBytes(path)), strict: true);
    }

    private static string Here([CallerFilePath] string path = "") => path;

    private static CohortView View(int bytes) => new()
    {
        Dataset = "fraud-training",
        Version = 17,
        Contested = true,
        Identities = 1_234,
        Records = 567_890,
        Parts = [new CohortPart("label-slices", [.. Enumerable.Range(0, bytes).Select(i => (byte)(i % 50))]), new CohortPart("volume", [])],
    };
}
