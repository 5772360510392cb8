using Assay.Contracts.Cohorts;

namespace Assay.Contracts.Ports;

/// <summary>Hands the views of cohorts to every silo, by the compacted topic cohort-views. Safe for several callers.</summary>
public interface ICohortViewPublisher
{
    /// <summary>
    /// Completes when Kafka has acknowledged the view (all in-sync replicas); whatever fails is tried again for ever, and the observer is told once. A
    /// view may appear twice, equal to the byte.
    /// </summary>
    /// <returns>False where the view is larger than a message may be: the observer is told, and everybody keeps the view before.</returns>
    /// <exception cref="OperationCanceledException">The caller waits no longer; the view may be published all the same.</exception>
    Task<bool> Publish(CohortView view, CancellationToken cancellation);
}
