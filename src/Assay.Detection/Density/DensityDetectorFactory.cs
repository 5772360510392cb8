namespace Assay.Detection.Density;

/// <summary>Makes the detector <c>density</c>.</summary>
public sealed class DensityDetectorFactory : DetectorFactory<DensityOptions>
{
    public override string Id => DensityDetector.PermanentId;

    protected override IDetector Create(DensityOptions options) => new DensityDetector(options);
}
