using System.Globalization;
using Orleans.Storage;
using Orleans.Streams;

namespace Assay.Kafka.Streams;

/// <summary>A queue's checkpoint as it is stored: the next offset to deliver, in decimal digits.</summary>
public sealed class CheckpointSerializer : IGrainStorageSerializer
{
    /// <exception cref="NotSupportedException">Something else is to be stored than a checkpoint.</exception>
    public BinaryData Serialize<T>(T? input) => input is StreamCheckpointerGrainState state
        ? BinaryData.FromString(state.Checkpoint)
        : throw new NotSupportedException($"The store keeps checkpoints of streams only, not {typeof(T).Name}.");

    /// <exception cref="FormatException">Not digits.</exception>
    /// <exception cref="NotSupportedException">Something else is asked for than a checkpoint.</exception>
    public T Deserialize<T>(BinaryData input)
    {
        if (typeof(T) != typeof(StreamCheckpointerGrainState))
            throw new NotSupportedException($"The store keeps checkpoints of streams only, not {typeof(T).Name}.");
        var text = input.ToString();
        if (text.Length > 0 && !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            throw new FormatException($"'{text}' is no checkpoint of a stream: an offset was expected.");
        return (T)(object)new StreamCheckpointerGrainState { Checkpoint = text };
    }
}
