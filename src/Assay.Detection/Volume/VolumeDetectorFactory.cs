namespace Assay.Detection.Volume;

/// <summary>Makes the detector <c>volume</c>.</summary>
public sealed class VolumeDetectorFactory : DetectorFactory<VolumeOptions>
{
    public override string Id => VolumeDetector.PermanentId;

    protected override IDetector Create(VolumeOptions options) => new VolumeDetector(options);
}
