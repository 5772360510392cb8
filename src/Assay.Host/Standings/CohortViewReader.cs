using Assay.Contracts.Cohorts;
using Assay.Contracts.Ports;
using Assay.Contracts.Records;
using Assay.Contracts.State;
using Assay.Grains.Cohorts;

namespace Assay.Host.Standings;

/// <summary>Applies messages of the topic cohort-views to this silo's views. One thread.</summary>
internal sealed class CohortViewReader(CohortViews views, IFlowObserver observer)
{
    private readonly RefusedMessages _refused = new(observer, "cohort-views");

    public void Read(string topic, int partition, InputRecord message)
    {
        if (message.Value is not { } value)
            return;
        try
        {
            Apply(CohortViewCodec.Read(value));
        }
        catch (StateFormatException e)
        {
            _refused.Add(topic, partition, message.Offset, e.Message);
        }
    }

    private void Apply(CohortView view)
    {
        var before = views.Find(view.Dataset).Contested;
        if (!views.Apply(view) || view.Contested == before)
            return;
        if (view.Contested)
            observer.CohortContested(view.Dataset);
        else
            observer.CohortSettled(view.Dataset);
    }
}
