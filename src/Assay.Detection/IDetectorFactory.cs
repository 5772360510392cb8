namespace Assay.Detection;

/// <summary>Makes one kind of detector. Every implementation in this assembly with a parameterless constructor is found by <see cref="DetectorCatalog"/>.</summary>
public interface IDetectorFactory
{
    /// <summary>The detector's permanent id, also its section in the settings: <c>Detectors:&lt;id&gt;</c>.</summary>
    string Id { get; }

    /// <summary>A class with a parameterless constructor and data annotations; bound from the settings and validated at start.</summary>
    Type OptionsType { get; }

    /// <summary>
    /// Whether the detector runs where the settings list none. False for one whose findings nothing acts on yet: it would cost memory for nothing.
    /// </summary>
    bool OnByDefault { get; }

    /// <param name="options">An instance of <see cref="OptionsType"/>.</param>
    IDetector Create(object options);
}

/// <inheritdoc cref="IDetectorFactory"/>
public abstract class DetectorFactory<TOptions> : IDetectorFactory
    where TOptions : class, new()
{
    public abstract string Id { get; }

    public Type OptionsType => typeof(TOptions);

    public virtual bool OnByDefault => true;

    public IDetector Create(object options) => Create((TOptions)options);

    protected abstract IDetector Create(TOptions options);
}
