namespace Assay.Detection;

/// <summary>The detectors that run in this process, with their validated options.</summary>
/// <param name="configured">Factories and the options to create from, each options object of its factory's type.</param>
public sealed class DetectorSet(IReadOnlyList<KeyValuePair<IDetectorFactory, object>> configured)
{
    /// <summary>Every detector, with its default options.</summary>
    public static DetectorSet Default { get; } = new(
        [.. DetectorCatalog.All.Select(f => new KeyValuePair<IDetectorFactory, object>(f, Activator.CreateInstance(f.OptionsType)!))]);

    /// <summary>Trainers of the detectors that compare with a cohort, by detector id.</summary>
    public IReadOnlyList<KeyValuePair<string, ICohortTrainer>> CreateTrainers() =>
    [
        .. configured.Select(c => new KeyValuePair<string, ICohortTrainer?>(c.Key.Id, c.Key.CreateTrainer(c.Value)))
            .Where(t => t.Value is not null)
            .Select(t => new KeyValuePair<string, ICohortTrainer>(t.Key, t.Value!)),
    ];

    /// <summary>Reads a reference of one of the detectors; null where it does not run here.</summary>
    /// <inheritdoc cref="IDetectorFactory.ReadReference"/>
    public CohortReference? ReadReference(string detector, ReadOnlySpan<byte> data)
    {
        foreach (var (factory, _) in configured)
        {
            if (factory.Id == detector)
                return factory.ReadReference(data);
        }

        return null;
    }

    public IDetector[] Create() => [.. configured.Select(c => c.Key.Create(c.Value))];
}
