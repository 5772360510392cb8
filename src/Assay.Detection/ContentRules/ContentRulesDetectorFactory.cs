namespace Assay.Detection.ContentRules;

/// <summary>Makes the detector <c>content-rules</c>.</summary>
public sealed class ContentRulesDetectorFactory : DetectorFactory<ContentRulesOptions>
{
    public override string Id => ContentRulesDetector.PermanentId;

    protected override IDetector Create(ContentRulesOptions options) => new ContentRulesDetector(options);
}
