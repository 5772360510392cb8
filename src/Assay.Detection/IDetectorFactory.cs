namespace Assay.Detection;

/// <summary>Makes one kind of detector. Every implementation in this assembly with a parameterless constructor is found by <see cref="DetectorCatalog"/>.</summary>
public interface IDetectorFactory
{
    /// <summary>The detector's permanent id, also its section in the settings: <c>Detectors:&lt;id&gt;</c>.</summary>
    string Id { get; }

    /// <summary>A class with a parameterless constructor and data annotations; bound from the settings and validated at start.</summary>
    Type OptionsType { get; }

    /// <param name="options">An instance of <see cref="OptionsType"/>.</param>
    IDetector Create(object options);

    /// <summary>Makes the trainer of a cohort's reference; null for a detector that is no <see cref="ICohortDetector"/>.</summary>
    /// <inheritdoc cref="Create"/>
    ICohortTrainer? CreateTrainer(object options);

    /// <summary>Reads what <see cref="ICohortTrainer.Publish"/> wrote; of empty data the reference that knows nothing.</summary>
    /// <exception cref="Contracts.State.StateFormatException">Not a reference of a known version.</exception>
    /// <exception cref="NotSupportedException">The detector is no <see cref="ICohortDetector"/>.</exception>
    CohortReference ReadReference(ReadOnlySpan<byte> data);
}

/// <inheritdoc cref="IDetectorFactory"/>
public abstract class DetectorFactory<TOptions> : IDetectorFactory
    where TOptions : class, new()
{
    public abstract string Id { get; }

    public Type OptionsType => typeof(TOptions);

    public IDetector Create(object options) => Create((TOptions)options);

    public virtual ICohortTrainer? CreateTrainer(object options) => null;

    public virtual CohortReference ReadReference(ReadOnlySpan<byte> data) => throw new NotSupportedException($"{Id} has no cohort reference.");

    protected abstract IDetector Create(TOptions options);
}
