using Assay.Contracts.Evidence;
using Assay.Contracts.Sources;
using Assay.Contracts.Trust;
using Assay.Grains.Cohorts;
using Assay.Grains.Identities;

namespace Assay.Host.Replay.Ticks;

/// <summary>
/// What happens between two ticks, while nothing is under way, in an order that depends on names alone: news of the shards, standings of identities,
/// views of datasets. So a replay comes to the same result however its records were batched and its threads ran.
/// </summary>
internal sealed class TickBoundary(ITickGrains grains, StandingTable standings, CohortViews views, ITickOutcomes outcomes)
{
    /// <param name="shards">Those with records in the tick, in any order.</param>
    /// <returns>Whether any of them had news.</returns>
    public async Task<bool> Settle(IEnumerable<SourceId> shards)
    {
        // By source first: which partition a source came to says nothing about it.
        var asked = shards.OrderBy(s => s.Source, StringComparer.Ordinal).ThenBy(s => s.Topic, StringComparer.Ordinal).ThenBy(s => s.Partition)
            .Select(s => grains.Source(s).News().AsTask());
        var news = Array.FindAll(await Task.WhenAll(asked), n => !n.IsEmpty);
        if (news.Length == 0)
            return false;
        await Decide(news);
        await Renew(news);
        return true;
    }

    private async Task Decide(ShardNews[] news)
    {
        ShardReport[][] identities =
            [.. news.SelectMany(n => n.Reports).GroupBy(r => r.Key).OrderBy(g => g.Key.ToString(), StringComparer.Ordinal).Select(g => g.ToArray())];
        foreach (var reports in identities)
        {
            outcomes.Reported(reports[0].Key, reports);
            await Take(reports[0].Key, await grains.Identity(reports[0].Key).Note(reports));
        }

        // The suspects of the whole tick are known before the first of them is accused.
        foreach (var reports in identities.Where(i => i.Any(r => r.Mass > 0)))
        {
            var outcome = await grains.Identity(reports[0].Key).Report(reports);
            await Take(reports[0].Key, outcome);
            foreach (var suspect in outcome.Contested)
                await Take(suspect, await grains.Identity(suspect).Contest());
        }
    }

    private async Task Take(StandingKey key, StandingOutcome outcome)
    {
        foreach (var decision in await outcomes.Take(key, outcome))
            standings.Apply(decision);
    }

    private async Task Renew(ShardNews[] news)
    {
        foreach (var contribution in news.Select(n => n.Contribution).OfType<Contracts.Cohorts.CohortContribution>())
            await grains.Cohort(contribution.Dataset).Contribute(contribution);
        var datasets = news.SelectMany(n => n.Reports.Select(r => r.Dataset).Concat(n.Contribution is { } c ? [c.Dataset] : []));
        foreach (var dataset in datasets.Distinct().Order(StringComparer.Ordinal))
        {
            if (await grains.Cohort(dataset).Publish() is not { } view)
                continue;
            views.Apply(view);
            outcomes.Renewed(view);
        }
    }
}
