using Assay.Host.Doctor;
using Assay.Kafka.Checks;

namespace Assay.Host.Tests.Redis;

public sealed class RedisChecksTests
{
    [Theory]
    [InlineData("1", "everysec", CheckStatus.Ok)]
    [InlineData("1", "no", CheckStatus.Warn)]
    [InlineData("1", null, CheckStatus.Ok)]
    [InlineData("0", "everysec", CheckStatus.Fail)]
    public void Of_WhatRedisKeeps_SaysWhetherStateLasts(string aof, string? fsync, CheckStatus expected) =>
        Assert.Equal(expected, Of(fsync, ("aof_enabled", aof)).Single(c => c.Name == "persistence").Status);

    [Fact]
    public void Of_APolicyThatThrowsStateAway_Fails() =>
        Assert.Contains(Of("always", ("aof_enabled", "1"), ("maxmemory_policy", "allkeys-lru")), c => c is { Name: "maxmemory-policy", Status: CheckStatus.Fail });

    [Fact]
    public void Of_MemoryNearlyFull_Warns() =>
        Assert.Contains(Of("always", ("aof_enabled", "1"), ("maxmemory", "1000"), ("used_memory", "950")), c => c is { Name: "memory", Status: CheckStatus.Warn });

    [Fact]
    public void Of_AFailedSave_Fails() =>
        Assert.Contains(Of("always", ("aof_enabled", "1"), ("aof_last_write_status", "err")), c => c is { Name: "last save", Status: CheckStatus.Fail });

    private static List<Check> Of(string? fsync, params (string Key, string Value)[] facts) =>
        [.. RedisChecks.Of("redis", facts.ToDictionary(f => f.Key, f => f.Value), fsync)];
}
