using System.Globalization;
using System.Net;
using System.Text.Json;
using Assay.Contracts.Records;
using Assay.Contracts.Trust;
using Assay.Contracts.Verdicts;
using Assay.Host.Http;
using Assay.Host.Settings;
using Microsoft.Extensions.Time.Testing;

namespace Assay.Host.Tests.Http;

/// <summary>The pages as a probe and a scraper see them.</summary>
[Collection(Collection)]
public sealed class HttpEndpointTests : IAsyncLifetime
{
    /// <summary>A page shows what all meters of the process count: tests that look at one run one after the other.</summary>
    public const string Collection = "metrics of the process";

    private static readonly HttpOptions AnyPort = new() { Port = 0 };
    private readonly HttpClient _client = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
    private HttpEndpoint _endpoint = null!;

    public async ValueTask InitializeAsync() => _endpoint = await HttpEndpoint.Start(AnyPort, anyPort: false, _time);

    public async ValueTask DisposeAsync()
    {
        await _endpoint.DisposeAsync();
        _client.Dispose();
    }

    [Fact]
    public async Task Health_OfASiloWithoutPartitions_IsLiveAndNotReady()
    {
        Assert.Equal(HttpStatusCode.OK, (await Get("/health/live")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Get("/health/startup")).Status);
        _endpoint.Health.Started();
        Assert.Equal(HttpStatusCode.OK, (await Get("/health/startup")).Status);
        var (status, text) = await Get("/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        using var page = JsonDocument.Parse(text);
        Assert.Equal("unavailable", page.RootElement.GetProperty("status").GetString());
        Assert.Equal("the consumer group has not told it its partitions yet", page.RootElement.GetProperty("reasons")[0].GetString());
        _endpoint.Observer.Member(joined: true);
        Assert.Equal((HttpStatusCode.OK, """{"status":"ok","reasons":[]}"""), await Get("/health/ready"));
    }

    [Fact]
    public async Task Metrics_OfJudgedRecords_CountByTopicVerdictDetectorAndStage()
    {
        _endpoint.Observer.Judged("orders", 0, "shop-1", [Admit(1), Admit(2), Held(3), Dead(4)]);
        _endpoint.Observer.Judged("orders", 0, "shop-1", [Admit(5)]);
        var metrics = await Metrics();
        Assert.Equal(3, metrics.Value("assay_records_judged_total", "topic=\"orders\"", "verdict=\"admit\""));
        Assert.Equal(1, metrics.Value("assay_records_judged_total", "verdict=\"hold\""));
        Assert.Equal(1, metrics.Value("assay_records_judged_total", "verdict=\"dead-letter\""));
        Assert.Equal(1, metrics.Value("assay_records_suspected_total", "detector=\"volume\"", "verdict=\"hold\""));
        Assert.Equal(1, metrics.Value("assay_records_dead_lettered_total", "stage=\"decode\""));
    }

    [Fact]
    public async Task Metrics_Everywhere_NameNeitherSourceNorIdentity()
    {
        _endpoint.Observer.Judged("orders", 0, "shop-1", [Held(3), Dead(4)]);
        _endpoint.Observer.TopicPaused("orders", "json", "a sample of shop-1");
        _endpoint.Observer.Fault("sources", "shop-1 cannot be reached");
        var (_, text) = await Get("/metrics");
        Assert.DoesNotContain("shop-1", text, StringComparison.Ordinal);
        Assert.DoesNotContain("mallory", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_OfAPartition_AreItsLagUntilItGoesToAnotherOwner()
    {
        var appended = _time.GetUtcNow();
        _endpoint.Observer.Progress("orders", 3, 90, 40, 100);
        _endpoint.Observer.Delivered("orders", 3, appended.AddSeconds(-2), appended);
        _endpoint.Observer.Progress("orders", 4, 90, -1, 100);
        _time.Advance(TimeSpan.FromSeconds(7));
        var metrics = await Metrics();
        Assert.Equal(60, metrics.Value("assay_partition_lag", "partition=\"3\""));
        Assert.Equal(7, metrics.Value("assay_partition_lag_time_seconds", "partition=\"3\""));
        Assert.Equal(10, metrics.Value("assay_partition_lag", "partition=\"4\""));
        Assert.Equal(2, metrics.Value("assay_partitions_assigned", "topic=\"orders\""));
        Assert.Equal(2, metrics.Value("assay_verdict_delay_seconds_sum", "topic=\"orders\""));
        _endpoint.Observer.Released("orders", 3);
        metrics = await Metrics();
        Assert.Null(metrics.Value("assay_partition_lag", "partition=\"3\""));
        Assert.Equal(1, metrics.Value("assay_partitions_assigned", "topic=\"orders\""));
    }

    [Fact]
    public async Task Metrics_WhenACaughtUpPartitionIsIdle_ShowNoLagTime()
    {
        _endpoint.Observer.Delivered("orders", 0, _time.GetUtcNow(), _time.GetUtcNow());
        Assert.Null((await Metrics()).Value("assay_partition_lag_time_seconds"));
        _endpoint.Observer.Progress("orders", 0, 100, 100, 100);
        _endpoint.Observer.Delivered("orders", 0, _time.GetUtcNow(), _time.GetUtcNow());
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, (await Metrics()).Value("assay_partition_lag_time_seconds", "partition=\"0\""));
    }

    [Fact]
    public async Task Metrics_OfAFault_SayWhileItLastsAndCountIt()
    {
        _endpoint.Observer.Fault("broker", "no answer");
        _endpoint.Observer.Checkpointed("orders", 0, TimeSpan.FromSeconds(3), saved: false);
        var metrics = await Metrics();
        Assert.Equal(1, metrics.Value("assay_fault_active", "area=\"broker\""));
        Assert.Equal(1, metrics.Value("assay_checkpoint_duration_seconds_count", "outcome=\"failed\""));
        _endpoint.Observer.Recovered("broker");
        metrics = await Metrics();
        Assert.Equal(0, metrics.Value("assay_fault_active", "area=\"broker\""));
        Assert.Equal(1, metrics.Value("assay_faults_total", "area=\"broker\""));
    }

    [Fact]
    public async Task Metrics_OfDecisionsAndRecalls_CountByStandingAndNameNobody()
    {
        _endpoint.Observer.Decided(Quarantine(1));
        _endpoint.Observer.Decided(Quarantine(2));
        _endpoint.Observer.Recalled(new Recall { Identity = "mallory", Epoch = 1, From = "r1", To = "r9", Records = 9, Ranges = [] });
        _endpoint.Observer.InEffect(new StandingKey("mallory", null), 1, TimeSpan.FromSeconds(2));
        _endpoint.Observer.CohortContested("training");
        var metrics = await Metrics();
        Assert.Equal(2, metrics.Value("assay_decisions_total", "standing=\"quarantined\""));
        Assert.Equal(9, metrics.Value("assay_records_recalled_total"));
        Assert.Equal(2, metrics.Value("assay_decision_effect_delay_seconds_sum"));
        Assert.Equal(1, metrics.Value("assay_cohort_contested", "dataset=\"training\""));
        Assert.DoesNotContain("mallory", (await Get("/metrics")).Text, StringComparison.Ordinal);
        _endpoint.Observer.CohortSettled("training");
        Assert.Equal(0, (await Metrics()).Value("assay_cohort_contested", "dataset=\"training\""));
    }

    [Fact]
    public async Task Start_WhenThePortIsTaken_FailsOrTakesAFreeOneAsAsked()
    {
        var taken = new HttpOptions { Port = new Uri(_endpoint.Address!).Port };
        var message = (await Assert.ThrowsAsync<SettingsException>(() => HttpEndpoint.Start(taken, anyPort: false, _time))).Message;
        Assert.Contains($"127.0.0.1:{taken.Port}", message, StringComparison.Ordinal);
        Assert.Contains("Http:Port", message, StringComparison.Ordinal);
        await using var other = await HttpEndpoint.Start(taken, anyPort: true, _time);
        Assert.NotEqual(_endpoint.Address, other.Address);
        Assert.True((await _client.GetAsync($"{other.Address}/health/live")).IsSuccessStatusCode);
    }

    [Fact]
    public async Task Start_WhenSwitchedOff_ListensNowhereAndStillTakesWhatItIsTold()
    {
        await using var off = await HttpEndpoint.Start(new HttpOptions { Enabled = false }, anyPort: false, _time);
        Assert.Null(off.Address);
        off.Observer.Judged("orders", 0, "shop-1", [Admit(1)]);
    }

    [Fact]
    public async Task Start_OnAnAddressOfAnotherMachine_NamesTheSetting()
    {
        var options = new HttpOptions { Address = "192.0.2.1", Port = 0 };
        Assert.Contains("192.0.2.1", (await Assert.ThrowsAsync<SettingsException>(() => HttpEndpoint.Start(options, anyPort: true, _time))).Message, StringComparison.Ordinal);
    }

    private async Task<(HttpStatusCode Status, string Text)> Get(string path)
    {
        using var answer = await _client.GetAsync(_endpoint.Address + path);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<Scrape> Metrics() => new((await Get(HttpEndpoint.MetricsPath)).Text);

    private static Decision Quarantine(long epoch) =>
        new() { Identity = "mallory", Standing = Standing.Quarantined, Epoch = epoch, Reason = "mallory turned labels", Evidence = new DecisionEvidence(2e5, 1e5) };

    private static Verdict Admit(long offset) => Of(offset, VerdictKind.Admit);

    private static Verdict Held(long offset) => Of(offset, VerdictKind.Hold) with { Detectors = ["density", "volume"], Scores = [1, 3] };

    private static Verdict Dead(long offset) =>
        Of(offset, VerdictKind.DeadLetter) with { Failure = new ReadFailure(ReadFailure.Stages.Decode, "json", "no JSON: shop-1") };

    private static Verdict Of(long offset, VerdictKind kind) =>
        new() { Offset = offset, Kind = kind, RecordId = $"r{offset}", Identity = "mallory", Dataset = "training" };

    private sealed class Scrape(string text)
    {
        /// <summary>The only sample of that name with all these labels; null where there is none.</summary>
        public double? Value(string name, params string[] labels)
        {
            var lines = text.Split('\n').Where(l => l.StartsWith(name + "{", StringComparison.Ordinal) && labels.All(label => l.Contains(label, StringComparison.Ordinal))).ToList();
            Assert.True(lines.Count < 2, string.Join('\n', lines));
            return lines.Count == 0 ? null : double.Parse(lines[0].Split("} ")[1].Split(' ')[0], CultureInfo.InvariantCulture);
        }
    }
}
