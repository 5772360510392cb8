using Assay.Host.Settings;
using StackExchange.Redis;

namespace Assay.Host.Redis;

/// <summary>
/// The process's one connection to Redis. State and marks share it, so that Redis takes them in the order in which they were written, also into its own log.
/// Reconnects by itself.
/// </summary>
internal sealed class RedisConnection : IAsyncDisposable
{
    private static readonly LinearRetry Reconnect = new(1_000);
    private readonly ConnectionMultiplexer _connection;

    private RedisConnection(RedisOptions options, ClusterSettings cluster, ConfigurationOptions configuration, ConnectionMultiplexer connection)
    {
        Configuration = configuration;
        Options = options;
        Cluster = cluster;
        Keys = new RedisKeys(cluster.ServiceId);
        _connection = connection;
    }

    public RedisOptions Options { get; }

    public ClusterSettings Cluster { get; }

    /// <summary>For providers that ask for it; they use the connection that there is.</summary>
    public ConfigurationOptions Configuration { get; }

    public RedisKeys Keys { get; }

    public IConnectionMultiplexer Multiplexer => _connection;

    public IDatabase Database => _connection.GetDatabase();

    /// <summary>Every server that holds keys.</summary>
    public IEnumerable<IServer> Primaries => _connection.GetServers().Where(s => s is { IsConnected: true, IsReplica: false });

    /// <param name="inspect">Lets the connection ask the server about itself (INFO, CONFIG GET).</param>
    /// <exception cref="RedisSetupException">Redis does not answer, or refuses the credentials or the certificate.</exception>
    public static async Task<RedisConnection> Connect(RedisOptions options, ClusterSettings cluster, bool inspect = false)
    {
        using var log = new StringWriter();
        try
        {
            var configuration = Configure(options);
            configuration.AllowAdmin = inspect;
            return new RedisConnection(options, cluster, configuration, await ConnectionMultiplexer.ConnectAsync(configuration, log));
        }
        catch (Exception e) when (e is RedisException or ArgumentException or FormatException)
        {
            throw new RedisSetupException(RedisFailure.Describe(options, e, log.ToString()), e);
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static ConfigurationOptions Configure(RedisOptions options)
    {
        var configuration = new ConfigurationOptions
        {
            DefaultDatabase = options.Database,
            User = options.User,
            Password = options.Password,
            Ssl = options.Tls,
            AsyncTimeout = (int)options.Timeout.TotalMilliseconds,
            SyncTimeout = (int)options.Timeout.TotalMilliseconds,
            ConnectTimeout = (int)options.ConnectTimeout.TotalMilliseconds,
            ConnectRetry = 1,
            AbortOnConnectFail = true,
            ReconnectRetryPolicy = Reconnect,
            ClientName = "assay",
            // Neither a key nor a channel outside the service id: the user's permissions end there.
            TieBreaker = "",
            ConfigurationChannel = "",
        };
        foreach (var endpoint in options.Endpoints.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            configuration.EndPoints.Add(endpoint);
        if (options.TlsCaFile is { } authority)
            configuration.TrustIssuer(authority);
        return configuration;
    }
}
