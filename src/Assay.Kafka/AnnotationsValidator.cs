using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Assay.Kafka;

/// <summary>Checks the units and ranges that options state in their attributes.</summary>
internal sealed class AnnotationsValidator<T>(string section) : IValidateOptions<T> where T : class
{
    public ValidateOptionsResult Validate(string? name, T options)
    {
        var results = new List<ValidationResult>();
        return Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(results.Select(r => $"{section}: {r.ErrorMessage}"));
    }
}
