using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Assay.Host.Http;

/// <summary>Where <c>assay run</c> answers probes and scrapes. Section <c>Http</c>.</summary>
public sealed class HttpOptions : IValidatableObject
{
    public const string Section = "Http";
    public const int DefaultPort = 9_464;

    /// <summary>Answer at all. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// IP address to listen on. Default <c>127.0.0.1</c>: this machine alone. The pages name topics and ask for no password, so open them to a network
    /// that is yours, with <c>0.0.0.0</c>.
    /// </summary>
    [Required]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>TCP port. 0 to 65,535, default 9,464. 0 = any free port, which is printed; so does an embedded run where its port is taken.</summary>
    [Range(0, 65_535)]
    public int Port { get; set; } = DefaultPort;

    /// <summary>A process that owns partitions but has not reported on them for so long is not alive. 30 s to 1 h, default 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:30", "01:00:00")]
    public TimeSpan StallLimit { get; set; } = TimeSpan.FromMinutes(5);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IPAddress.TryParse(Address, out _))
            yield return new ValidationResult($"'{Address}' is no IP address; 127.0.0.1 is this machine alone, 0.0.0.0 every network.", [nameof(Address)]);
    }
}
