namespace Assay.Detection.LabelSlices;

public sealed class LabelSlicesFactory : DetectorFactory<LabelSlicesOptions>
{
    public override string Id => LabelSlicesDetector.DetectorId;

    protected override IDetector Create(LabelSlicesOptions options) => new LabelSlicesDetector(options);
}
