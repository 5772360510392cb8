using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Assay.Host.Settings;

/// <summary>How silos find and reach each other. Section <c>Cluster</c>; used with Redis only, without it a silo stands alone.</summary>
public sealed class ClusterSettings : IValidatableObject
{
    public const string Section = "Cluster";

    /// <summary>
    /// First part of every key in Redis: what keeps its state under it over all restarts and versions. One for each group and prefix. Letters, digits,
    /// <c>.</c>, <c>_</c> and <c>-</c>. Default <c>assay</c>.
    /// </summary>
    [Required(AllowEmptyStrings = false), RegularExpression("[A-Za-z0-9._-]+")]
    public string ServiceId { get; set; } = "assay";

    /// <summary>Silos with the same id are one cluster. Default <c>assay</c>.</summary>
    [Required(AllowEmptyStrings = false), RegularExpression("[A-Za-z0-9._-]+")]
    public string ClusterId { get; set; } = "assay";

    /// <summary>TCP port for other silos. 0 = a free one. 0 to 65,535, default 11,111.</summary>
    [Range(0, 65_535)]
    public int SiloPort { get; set; } = 11_111;

    /// <summary>TCP port for clients of the cluster. 0 = a free one. 0 to 65,535, default 30,000.</summary>
    [Range(0, 65_535)]
    public int GatewayPort { get; set; } = 30_000;

    /// <summary>IP address at which other silos reach this one. Default: the first address of the machine's own name.</summary>
    public string? AdvertisedAddress { get; set; }

    /// <summary>
    /// Silence of a silo after which the others take it for dead, and a new one joins without it. A silo that stalls for longer ends itself. 3 s to 5 min,
    /// default 9 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:03", "00:05:00")]
    public TimeSpan SilenceLimit { get; set; } = TimeSpan.FromSeconds(9);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (AdvertisedAddress is not null && !IPAddress.TryParse(AdvertisedAddress, out _))
            yield return new ValidationResult($"'{AdvertisedAddress}' is no IP address.", [nameof(AdvertisedAddress)]);
        if (SiloPort != 0 && SiloPort == GatewayPort)
            yield return new ValidationResult($"SiloPort and GatewayPort are both {SiloPort}.", [nameof(GatewayPort)]);
    }
}
