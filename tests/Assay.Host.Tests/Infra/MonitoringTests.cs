using System.Text.RegularExpressions;
using Assay.Contracts.Records;
using Assay.Contracts.Trust;
using Assay.Contracts.Verdicts;
using Assay.Host.Http;
using Assay.Host.Tests.Architecture;
using Assay.Host.Tests.Http;

namespace Assay.Host.Tests.Infra;

/// <summary>Alerts, dashboard and pages speak of metrics that are exported, and of runbooks that exist.</summary>
[Collection(HttpEndpointTests.Collection)]
public sealed partial class MonitoringTests
{
    public static TheoryData<string> Files { get; } =
    [
        .. Repository.Files("infra/prometheus", "*.yml"), .. Repository.Files("infra/grafana", "*.json"), .. Repository.Files("infra/kubernetes", "*.yaml"),
        "docs/operations.md", "docs/runbooks.md",
    ];

    [Theory, MemberData(nameof(Files))]
    public async Task Metrics_ThatAFileNames_AreExported(string file)
    {
        var exported = await Exported();
        Assert.All(Names(file), name => Assert.Contains(name, exported));
    }

    [Fact]
    public void Metrics_OfDashboardAndAlerts_AreFoundInTheirFiles()
    {
        Assert.Contains("assay_partition_lag", Names("infra/grafana/dashboards/assay.json"));
        Assert.Contains("assay_partition_lag", Names("infra/prometheus/rules/assay.yml"));
    }

    [Fact]
    public async Task Metrics_ThatAreExported_StandOnTheOperationsPage()
    {
        var page = await File.ReadAllTextAsync(Repository.At("docs", "operations.md"));
        var exported = (await Exported()).Select(name => Suffix().Replace(name, "")).Distinct();
        Assert.All(exported, name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Alerts_All_HaveTheirRunbook()
    {
        var rules = File.ReadAllText(Repository.At("infra", "prometheus", "rules", "assay.yml"));
        var sections = File.ReadAllLines(Repository.At("docs", "runbooks.md"))
            .Where(l => l.StartsWith("## ", StringComparison.Ordinal)).Select(l => l[3..].ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);
        var runbooks = Runbook().Matches(rules).Select(m => m.Groups[1].Value).ToList();
        Assert.NotEmpty(runbooks);
        Assert.Equal(Alert().Count(rules), runbooks.Count);
        Assert.All(runbooks, runbook => Assert.Contains(runbook, sections));
        Assert.All(sections, section => Assert.Contains(section, runbooks));
    }

    [Fact]
    public void Alerts_All_HaveATestThatTheyFire()
    {
        var tests = File.ReadAllText(Repository.At("infra", "prometheus", "tests", "assay.yml"));
        var alerts = Alert().Matches(File.ReadAllText(Repository.At("infra", "prometheus", "rules", "assay.yml"))).Select(m => m.Groups[1].Value);
        Assert.All(alerts, alert => Assert.Matches($@"alertname: {alert}\b(?!, exp_alerts: \[\])", tests));
    }

    /// <summary>Assay's own names after everything that can happen has happened once.</summary>
    private static async Task<HashSet<string>> Exported()
    {
        await using var endpoint = await HttpEndpoint.Start(new HttpOptions { Port = 0 }, anyPort: false, TimeProvider.System);
        var told = endpoint.Observer;
        var now = TimeProvider.System.GetUtcNow();
        var verdict = new Verdict { Offset = 1, Kind = VerdictKind.Hold, RecordId = "r", Identity = "i", Dataset = "d", Detectors = ["density"], Scores = [3] };
        told.Judged("t", 0, "s", [verdict, verdict with { Kind = VerdictKind.DeadLetter, Failure = new ReadFailure(ReadFailure.Stages.Decode, "json", "no JSON") }]);
        told.Progress("t", 0, 1, 1, 2);
        told.Delivered("t", 0, now, now);
        told.Checkpointed("t", 0, TimeSpan.Zero, saved: true);
        told.TopicPaused("t", "json", "no JSON");
        told.PartitionStopped("t", 1, "retention", "gone");
        told.Fault("broker", "down");
        told.Decided(new Decision { Identity = "i", Standing = Standing.Watched, Epoch = 1, Reason = "r", Evidence = default });
        told.Recalled(new Recall { Identity = "i", Epoch = 1, From = "r", To = "r", Records = 1, Ranges = [] });
        told.InEffect(new StandingKey("i", null), 1, TimeSpan.Zero);
        told.CohortContested("d");
        using var client = new HttpClient();
        var text = await client.GetStringAsync(endpoint.Address + HttpEndpoint.MetricsPath);
        return [.. text.Split('\n').Where(l => l.StartsWith("assay_", StringComparison.Ordinal)).Select(l => l[..l.IndexOfAny(['{', ' '])])];
    }

    private static List<string> Names(string file) =>
        [.. Metric().Matches(File.ReadAllText(Repository.At(file))).Select(m => m.Value).Distinct().Where(name => !Histogram(name))];

    /// <summary>Pages name a histogram without the endings that its series have.</summary>
    private static bool Histogram(string name) => name is "assay_verdict_delay_seconds" or "assay_checkpoint_duration_seconds" or "assay_decision_effect_delay_seconds";

    [GeneratedRegex(@"\bassay_[a-z_]*[a-z]\b")]
    private static partial Regex Metric();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Suffix();

    [GeneratedRegex(@"runbook_url: docs/runbooks\.md#(\w+)")]
    private static partial Regex Runbook();

    [GeneratedRegex(@"- alert: (\w+)")]
    private static partial Regex Alert();
}
