using System.ComponentModel.DataAnnotations;

namespace Assay.Host.Redis;

/// <summary>The Redis that keeps state, membership and reminders. Section <c>Redis</c>. Every key begins with <c>Cluster:ServiceId</c>.</summary>
public sealed class RedisOptions : IValidatableObject
{
    public const string Section = "Redis";

    /// <summary>Comma-separated <c>host:port</c> of one Redis, or of the nodes of one Redis Cluster. No default: without it state is in memory.</summary>
    [Required(AllowEmptyStrings = false)]
    public string Endpoints { get; set; } = "";

    /// <summary>Number of the database; a Redis Cluster has 0 only. 0 to 1,023, default 0.</summary>
    [Range(0, 1_023)]
    public int Database { get; set; }

    /// <summary>User of Redis' ACLs. Default none: Redis' user <c>default</c>.</summary>
    public string? User { get; set; }

    /// <summary>Password, of <see cref="User"/> or of <c>requirepass</c>. Default none. Never logged.</summary>
    public string? Password { get; set; }

    /// <summary>Connect by TLS. Default false.</summary>
    public bool Tls { get; set; }

    /// <summary>PEM file of the authority that signed the server's certificate. Default: the system's own list.</summary>
    public string? TlsCaFile { get; set; }

    /// <summary>How long a command may take before it counts as failed. 100 ms to 1 min, default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one attempt to connect may take. 100 ms to 1 min, default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The rules that cross fields.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (User is not null && string.IsNullOrEmpty(Password))
            yield return new ValidationResult("User is set without a Password.", [nameof(User)]);
        if (TlsCaFile is not null && !Tls)
            yield return new ValidationResult("TlsCaFile is set, but Tls is off.", [nameof(TlsCaFile)]);
        if (TlsCaFile is not null && !File.Exists(TlsCaFile))
            yield return new ValidationResult($"{TlsCaFile} does not exist.", [nameof(TlsCaFile)]);
    }

    /// <summary>Without the password.</summary>
    public override string ToString() => $"{Endpoints}/{Database}{(Tls ? " tls" : "")}{(User is null ? "" : $" as {User}")}";
}
