using System.Collections.Concurrent;
using Assay.Contracts.Cohorts;
using Assay.Contracts.State;
using Assay.Detection;

namespace Assay.Grains.Cohorts;

/// <summary>The latest view of each dataset that this silo scores with, read once for all its shards. Safe for any number of readers and writers.</summary>
public sealed class CohortViews(DetectorSet detectors)
{
    private readonly ConcurrentDictionary<string, CohortReading> _views = new(StringComparer.Ordinal);

    /// <summary>Of a dataset without a view, the reading that knows nothing.</summary>
    public CohortReading Find(string dataset) => _views.GetValueOrDefault(dataset) ?? CohortReading.None;

    /// <returns>True where the view is newer than the one in use.</returns>
    /// <exception cref="StateFormatException">A part cannot be read.</exception>
    public bool Apply(CohortView view)
    {
        if (view.Version <= Find(view.Dataset).Version)
            return false;
        var reading = new CohortReading(view, detectors);
        return ReferenceEquals(
            _views.AddOrUpdate(view.Dataset, static (_, r) => r, static (_, known, r) => r.Version > known.Version ? r : known, reading), reading);
    }
}

/// <summary>A view with its parts read: immutable, shared between shards.</summary>
public sealed class CohortReading
{
    private readonly Dictionary<string, CohortReference> _references = new(StringComparer.Ordinal);

    internal CohortReading(CohortView view, DetectorSet detectors)
    {
        (Version, Contested, Identities, Records) = (view.Version, view.Contested, view.Identities, view.Records);
        foreach (var part in view.Parts)
        {
            if (detectors.ReadReference(part.Detector, part.Data) is { } reference)
                _references.Add(part.Detector, reference);
        }
    }

    private CohortReading()
    {
    }

    public static CohortReading None { get; } = new();

    public long Version { get; }

    /// <inheritdoc cref="CohortView.Contested"/>
    public bool Contested { get; }

    /// <inheritdoc cref="CohortView.Identities"/>
    public long Identities { get; }

    public long Records { get; }

    /// <summary>Null where the cohort has none for the detector yet.</summary>
    public CohortReference? Reference(string detector) => _references.GetValueOrDefault(detector);
}
