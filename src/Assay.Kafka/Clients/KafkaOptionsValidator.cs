using Microsoft.Extensions.Options;

namespace Assay.Kafka.Clients;

/// <summary>The rules that cross fields.</summary>
internal sealed class KafkaOptionsValidator : IValidateOptions<KafkaOptions>
{
    public ValidateOptionsResult Validate(string? name, KafkaOptions options)
    {
        if (options.SaslMechanism is not null && (string.IsNullOrEmpty(options.SaslUser) || string.IsNullOrEmpty(options.SaslPassword)))
            return ValidateOptionsResult.Fail($"Kafka: SaslMechanism {options.SaslMechanism} needs SaslUser and SaslPassword.");
        if (options.SaslMechanism is null && (options.SaslUser is not null || options.SaslPassword is not null))
            return ValidateOptionsResult.Fail("Kafka: SaslUser or SaslPassword is set without a SaslMechanism.");
        if (options.TlsCaFile is not null && !options.Tls)
            return ValidateOptionsResult.Fail("Kafka: TlsCaFile is set, but Tls is off.");
        if (options.TlsCaFile is not null && !File.Exists(options.TlsCaFile))
            return ValidateOptionsResult.Fail($"Kafka: TlsCaFile {options.TlsCaFile} does not exist.");
        return ValidateOptionsResult.Success;
    }
}
