using Assay.Host.Settings;
using StackExchange.Redis;

namespace Assay.Host.Redis;

/// <summary>Whose state stands under a service id: that of one consumer group and one prefix of output topics.</summary>
internal static class RedisFlow
{
    /// <summary>Takes the service id for this group and prefix, if nobody has.</summary>
    /// <exception cref="SettingsException">It belongs to others: two flows under one id would take each other's state for their own.</exception>
    /// <exception cref="RedisSetupException">Redis does not let the key be written.</exception>
    public static async Task Claim(RedisConnection redis, string group, string prefix)
    {
        var flow = $"group {group}, prefix {prefix}";
        try
        {
            await redis.Database.StringSetAsync(redis.Keys.Flow, flow, when: When.NotExists);
            var holder = (await redis.Database.StringGetAsync(redis.Keys.Flow)).ToString();
            if (holder != flow)
            {
                throw new SettingsException(
                    $"Redis at {redis.Options.Endpoints} holds under service id '{redis.Cluster.ServiceId}' the state of {holder}; these settings say {flow}. "
                    + "Set another Cluster:ServiceId, or the group and prefix that it was written with.");
            }
        }
        catch (RedisException e)
        {
            throw new RedisSetupException($"Redis at {redis.Options.Endpoints} cannot be used: {e.Message} 'assay doctor' says what is missing.", e);
        }
    }
}
