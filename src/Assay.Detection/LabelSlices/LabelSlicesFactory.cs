namespace Assay.Detection.LabelSlices;

public sealed class LabelSlicesFactory : DetectorFactory<LabelSlicesOptions>
{
    public override string Id => LabelSlicesDetector.DetectorId;

    /// <summary>Its evidence is for the ledger; until shards keep one, nothing reads it.</summary>
    public override bool OnByDefault => false;

    protected override IDetector Create(LabelSlicesOptions options) => new LabelSlicesDetector(options);
}
