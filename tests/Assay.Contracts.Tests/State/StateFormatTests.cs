using Assay.Contracts.State;

namespace Assay.Contracts.Tests.State;

public sealed class StateFormatTests
{
    [Fact]
    public void Read_AfterWrite_GivesEveryValueBack()
    {
        var writer = new StateWriter();
        writer.Varint(ulong.MaxValue);
        writer.Int64(long.MinValue);
        writer.Int32(-1);
        writer.Double(double.Epsilon);
        writer.Single(1.5f);
        writer.String("Größe 🙂");
        writer.NullableString(null);
        writer.Bytes([1, 2, 3]);
        writer.Array<double>([1, double.MaxValue]);
        writer.Bool(true);
        var reader = new StateReader(writer.Written);
        Assert.Equal(ulong.MaxValue, reader.Varint());
        Assert.Equal(long.MinValue, reader.Int64());
        Assert.Equal(-1, reader.Int32());
        Assert.Equal(double.Epsilon, reader.Double());
        Assert.Equal(1.5f, reader.Single());
        Assert.Equal("Größe 🙂", reader.String());
        Assert.Null(reader.NullableString());
        Assert.Equal([1, 2, 3], reader.Bytes().ToArray());
        Assert.Equal([1, double.MaxValue], reader.Array<double>());
        Assert.True(reader.Bool());
        Assert.Equal(0, reader.Remaining);
    }

    [Fact]
    public void Array_WhenTheCountExceedsWhatIsLeft_ThrowsBeforeItAllocates()
    {
        var writer = new StateWriter();
        writer.Varint(1UL << 40);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<StateFormatException>(() => new StateReader(writer.Written).Array<double>());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void Int32_WhenTheNumberIsWider_Throws()
    {
        var writer = new StateWriter();
        writer.Int64(int.MaxValue + 1L);
        Assert.Throws<StateFormatException>(() => new StateReader(writer.Written).Int32());
    }

    [Fact]
    public void Varint_WhenItNeverEnds_Throws() =>
        Assert.Throws<StateFormatException>(() => new StateReader([.. Enumerable.Repeat((byte)0xff, 11)]).Varint());

    [Fact]
    public void Bool_WhenNeitherZeroNorOne_Throws() => Assert.Throws<StateFormatException>(() => new StateReader([2]).Bool());
}
