using Assay.Contracts.State;
using Assay.Detection.Reference;

namespace Assay.Detection.LabelSlices;

/// <summary>What is kept of one writer in one shard.</summary>
internal sealed class WriterState(string identity)
{
    /// <summary>Object, calibration, dictionary entry and key, about.</summary>
    public const int BaseBytes = 640;

    private LabelReference? _view;
    private string? _owner;
    private int _fold;

    public string Identity { get; } = identity;

    public long Records { get; set; }

    /// <summary>Whether the writer's last record had the positive label.</summary>
    public bool LastPositive { get; set; }

    public WriterCalibration Calibration { get; } = new();

    public SliceTable Slices { get; } = new();

    /// <summary>The fold that leaves the owner out, remembered for as long as owner and view stay the same.</summary>
    public int Fold(LabelReference view, string owner)
    {
        if (!ReferenceEquals(view, _view) || !ReferenceEquals(owner, _owner))
        {
            _fold = view.FoldOf(owner);
            (_view, _owner) = (view, owner);
        }

        return _fold;
    }

    public void Write(StateWriter writer)
    {
        writer.Varint((ulong)Records);
        writer.Bool(LastPositive);
        Calibration.Write(writer);
        Slices.Write(writer);
    }

    public void Read(ref StateReader reader, int maxSlices, int version)
    {
        Records = (long)reader.Varint();
        LastPositive = version > 1 && reader.Bool();
        Calibration.Read(ref reader);
        Slices.Read(ref reader, maxSlices);
    }
}
