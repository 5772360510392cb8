using System.Globalization;
using Assay.Kafka.Checks;

namespace Assay.Host.Doctor;

/// <summary>What Redis says of itself (<c>INFO</c>), judged. Pure.</summary>
internal static class RedisChecks
{
    /// <param name="facts">Fields of <c>INFO</c> by name.</param>
    /// <param name="fsync">Its setting <c>appendfsync</c>; null where the user may not see it.</param>
    public static IEnumerable<Check> Of(string area, IReadOnlyDictionary<string, string> facts, string? fsync)
    {
        yield return Check.Ok(area, "version", facts.GetValueOrDefault("redis_version", "unknown"));
        yield return Persistence(area, facts, fsync);
        if (facts.GetValueOrDefault("aof_last_write_status", "ok") != "ok" || facts.GetValueOrDefault("rdb_last_bgsave_status", "ok") != "ok")
            yield return Check.Fail(area, "last save", "failed", "Redis cannot write its files: look at its log, and at the room on its disk.");
        yield return Memory(area, facts);
    }

    private static Check Persistence(string area, IReadOnlyDictionary<string, string> facts, string? fsync) =>
        (facts.GetValueOrDefault("aof_enabled"), fsync) switch
        {
            ("1", "no") => Check.Warn(area, "persistence", "appendonly yes, appendfsync no",
                "A crash of the machine loses what the system had not written yet, and silos then refuse to go on. Set appendfsync everysec or always."),
            ("1", "always") => Check.Ok(area, "persistence", "appendonly yes, appendfsync always"),
            ("1", _) => Check.Ok(area, "persistence", $"appendonly yes, appendfsync {fsync ?? "unknown"}: a crash of the machine may lose its last second, and needs 'assay rebuild --keep-state'"),
            _ => Check.Fail(area, "persistence", "appendonly no",
                "A restart of Redis loses what came after its last snapshot, and silos then refuse to go on. Set appendonly yes."),
        };

    private static Check Memory(string area, IReadOnlyDictionary<string, string> facts)
    {
        var used = Number(facts, "used_memory");
        var max = Number(facts, "maxmemory");
        var policy = facts.GetValueOrDefault("maxmemory_policy", "unknown");
        var found = string.Create(CultureInfo.InvariantCulture,
            $"{used >> 20} MiB used of {(max == 0 ? "no limit" : $"{max >> 20} MiB")}, maxmemory-policy {policy}");
        if (policy.StartsWith("allkeys", StringComparison.Ordinal))
            return Check.Fail(area, "maxmemory-policy", found, "Redis may throw state away when memory is short. Set maxmemory-policy noeviction.");
        return max > 0 && used > max / 10 * 8
            ? Check.Warn(area, "memory", found, "At the limit nothing can be saved, and nothing is committed. Raise maxmemory.")
            : Check.Ok(area, "memory", found);
    }

    private static long Number(IReadOnlyDictionary<string, string> facts, string name) =>
        long.TryParse(facts.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
