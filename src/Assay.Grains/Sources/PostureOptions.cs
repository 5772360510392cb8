using System.ComponentModel.DataAnnotations;

namespace Assay.Grains.Sources;

/// <summary>How an identity's posture shares out the error budget. The bound on false quarantines stays as it is, whatever stands here.</summary>
public sealed class PostureOptions : IValidatableObject
{
    public const string Section = "Posture";

    /// <summary>
    /// Weight by identity, 0.1 to 10; 1, the default, for a posture that says nothing. Above 1 (broad privilege, an old or unrotated key, no
    /// signatures, no owner) evidence counts sooner, below 1 later; the weights of a shard's records are brought to a mean of at most 1.
    /// </summary>
    public IDictionary<string, double> Weights { get; } = new Dictionary<string, double>(StringComparer.Ordinal);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => Weights
        .Where(w => w.Value is not (>= 0.1 and <= 10))
        .Select(w => new ValidationResult($"the weight of '{w.Key}' is {w.Value}; weights lie between 0.1 and 10", [nameof(Weights)]));
}
