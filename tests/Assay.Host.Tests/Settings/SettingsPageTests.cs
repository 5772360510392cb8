using System.Reflection;
using Assay.Contracts.Signing;
using Assay.Detection;
using Assay.Grains.Cohorts;
using Assay.Grains.Identities;
using Assay.Grains.Sources;
using Assay.Host.Http;
using Assay.Host.Redis;
using Assay.Host.Replay.Ticks;
using Assay.Host.Settings;
using Assay.Host.Tests.Architecture;
using Assay.Kafka.Clients;
using Assay.Kafka.Egress;
using Assay.Kafka.Ingress;
using Assay.Kafka.Streams;
using Assay.Trust.Ledger;
using Assay.Trust.Records;
using Assay.Trust.Standings;

namespace Assay.Host.Tests.Settings;

/// <summary>The settings page names every key that there is.</summary>
public sealed class SettingsPageTests
{
    public static TheoryData<string, Type> Sections =>
    [
        ("Kafka", typeof(KafkaOptions)), ("Kafka:Ingress", typeof(KafkaIngressOptions)), ("Kafka:Egress", typeof(KafkaEgressOptions)),
        ("Kafka:Streams", typeof(TrustStreamOptions)),
        (DatasetOptions.Section, typeof(DatasetOptions)), (RecordPolicyOptions.Section, typeof(RecordPolicyOptions)), (SourceOptions.Section, typeof(SourceOptions)),
        (StandingOptions.Section, typeof(StandingOptions)), (LedgerOptions.Section, typeof(LedgerOptions)), (CohortOptions.Section, typeof(CohortOptions)),
        (TrustFeedOptions.Section, typeof(TrustFeedOptions)), (RedisOptions.Section, typeof(RedisOptions)), (ClusterSettings.Section, typeof(ClusterSettings)),
        (PostureOptions.Section, typeof(PostureOptions)),
        (HttpOptions.Section, typeof(HttpOptions)), (ReplayOptions.Section, typeof(ReplayOptions)), (SigningOptions.Section, typeof(SigningOptions)),
        .. DetectorCatalog.All.Select(f => new TheoryDataRow<string, Type>($"Detectors:{f.Id}", f.OptionsType)),
    ];

    [Theory]
    [MemberData(nameof(Sections))]
    public void Page_NamesEveryKeyOfTheSection(string section, Type options)
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "settings.md"));
        var start = page.IndexOf($"## {section}\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"docs/settings.md has no section {section}.");
        var end = page.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        var text = end < 0 ? page[start..] : page[start..end];
        var keys = options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(p => p.Name).Where(name => name != "Topics");
        Assert.All(keys, key => Assert.Contains($"| `{key}` |", text, StringComparison.Ordinal));
    }
}
