namespace Assay.Detection;

/// <summary>The detectors that run in this process, with their validated options.</summary>
/// <param name="configured">Factories and the options to create from, each options object of its factory's type.</param>
public sealed class DetectorSet(IReadOnlyList<KeyValuePair<IDetectorFactory, object>> configured)
{
    /// <summary>Every detector that is on by default, with its default options.</summary>
    public static DetectorSet Default { get; } = new(
        [.. DetectorCatalog.All.Where(f => f.OnByDefault).Select(f => new KeyValuePair<IDetectorFactory, object>(f, Activator.CreateInstance(f.OptionsType)!))]);

    public IDetector[] Create() => [.. configured.Select(c => c.Key.Create(c.Value))];
}
