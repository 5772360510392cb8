namespace Assay.Cluster.Tests;

/// <summary><c>assay doctor</c> on real servers, good ones and bad ones.</summary>
public sealed class DoctorTests
{
    [Theory]
    [InlineData("yes", 0, "appendonly yes")]
    [InlineData("no", 1, "appendonly no")]
    public async Task Doctor_OfWhatRedisKeeps_EndsWithWhatItFound(string appendOnly, int expected, string found)
    {
        using var redis = new RedisServer("--appendonly", appendOnly);
        var log = await RedisLog.Create($"doctor-{appendOnly}", 100, redis, compacted: true);

        var (code, output) = await AssayCommand.Run("doctor", log.Settings);

        Assert.True(code == expected, output);
        Assert.Contains(found, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Redis:Password=not-it", "wrong password")]
    [InlineData(null, "asks for a password")]
    [InlineData("Kafka:BootstrapServers=127.0.0.1:1", "cannot be reached")]
    public async Task Doctor_WhenAServerIsAwayOrRefuses_SaysWhyAndEndsWith3(string? set, string said)
    {
        using var redis = new RedisServer("--requirepass", "it") { Password = "it" };
        var log = await RedisLog.Create($"doctor-away-{said.Length}", 100, redis);
        IEnumerable<string> settings = set is null ? log.Settings : log.Settings.Where(s => s.Split('=')[0] != set.Split('=')[0]).Append(set);

        var (code, output) = await AssayCommand.Run("doctor", settings.Append("Kafka:StartTimeout=00:00:05"));

        Assert.True(code == 3, output);
        Assert.Contains(said, output, StringComparison.Ordinal);
    }
}
