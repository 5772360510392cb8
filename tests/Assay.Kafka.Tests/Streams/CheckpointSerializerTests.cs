using Assay.Kafka.Streams;
using Orleans.Streams;

namespace Assay.Kafka.Tests.Streams;

public sealed class CheckpointSerializerTests
{
    private readonly CheckpointSerializer _serializer = new();

    [Theory, InlineData(""), InlineData("0"), InlineData("9223372036854775807")]
    public void Checkpoint_WrittenAndRead_IsTheSame(string checkpoint)
    {
        var stored = _serializer.Serialize(new StreamCheckpointerGrainState { Checkpoint = checkpoint });
        Assert.Equal(checkpoint, stored.ToString());
        Assert.Equal(checkpoint, _serializer.Deserialize<StreamCheckpointerGrainState>(stored).Checkpoint);
    }

    [Fact]
    public void Read_OfSomethingElse_IsRefused()
    {
        Assert.Throws<FormatException>(() => _serializer.Deserialize<StreamCheckpointerGrainState>(BinaryData.FromString("-1")));
        Assert.Throws<NotSupportedException>(() => _serializer.Deserialize<string>(BinaryData.FromString("1")));
        Assert.Throws<NotSupportedException>(() => _serializer.Serialize("1"));
    }
}
