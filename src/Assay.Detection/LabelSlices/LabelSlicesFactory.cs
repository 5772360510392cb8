using Assay.Detection.Reference;

namespace Assay.Detection.LabelSlices;

public sealed class LabelSlicesFactory : DetectorFactory<LabelSlicesOptions>
{
    public override string Id => LabelSlicesDetector.DetectorId;

    public override ICohortTrainer CreateTrainer(object options) => new LabelTrainer(new LabelReferenceOptions());

    public override CohortReference ReadReference(ReadOnlySpan<byte> data) =>
        data.IsEmpty ? LabelReference.Empty : LabelReferenceFormat.Read(data);

    protected override IDetector Create(LabelSlicesOptions options) => new LabelSlicesDetector(options);
}
