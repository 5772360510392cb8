using System.ComponentModel.DataAnnotations;

namespace Assay.Contracts.Signing;

/// <summary>With which key decisions, recalls and heartbeats are signed, and which others are accepted. Section <c>Signing</c>.</summary>
public sealed class SigningOptions : IValidatableObject
{
    public const string Section = "Signing";

    /// <summary>
    /// PEM file of the private key (ECDSA on P-256), one for the whole cluster; nobody but its owner may read it. No default: on a real Kafka it must be
    /// set; where everything is embedded a key is made that ends with the program.
    /// </summary>
    public string? KeyFile { get; set; }

    /// <summary>
    /// A group may read <see cref="KeyFile"/>, as Kubernetes' <c>fsGroup</c> makes every file of a secret; others never. Default false.
    /// </summary>
    public bool GroupMayRead { get; set; }

    /// <summary>PEM files of further public keys whose signatures are accepted, such as the one before a change of keys. Default none.</summary>
    public string[] PublicKeyFiles { get; set; } = [];

    /// <summary>Time between two heartbeats of a partition of the trust topic. 1 s to 10 min, default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a heartbeat is good for: readers that have none newer treat what they know as stale. More than <see cref="HeartbeatInterval"/>, up to
    /// 1 h; default 30 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan HeartbeatValidity { get; set; } = TimeSpan.FromSeconds(30);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (HeartbeatValidity <= HeartbeatInterval)
        {
            yield return new ValidationResult(
                $"must be longer than HeartbeatInterval ({HeartbeatInterval}), or readers find everything stale between two heartbeats.", [nameof(HeartbeatValidity)]);
        }
    }
}
