using Microsoft.Extensions.Configuration;

namespace Assay.Host.Settings;

/// <summary>Reads settings in rising precedence: a JSON file, environment variables <c>ASSAY__Section__Key</c>, and <c>--set Section:Key=value</c>.</summary>
public static class AssayConfiguration
{
    public const string EnvironmentPrefix = "ASSAY__";

    /// <param name="file">A JSON file, or null.</param>
    /// <param name="overrides">Each <c>KEY=VALUE</c>; the key's parts are joined by <c>:</c> or <c>__</c>.</param>
    /// <exception cref="SettingsException">The file cannot be read, or an override is no KEY=VALUE.</exception>
    public static IConfigurationRoot Load(FileInfo? file, IEnumerable<string> overrides)
    {
        var builder = new ConfigurationBuilder();
        if (file is not null)
        {
            if (!file.Exists)
                throw new SettingsException($"Settings file '{file}' does not exist.");
            builder.AddJsonFile(file.FullName, optional: false, reloadOnChange: false);
        }

        try
        {
            return builder
                .AddEnvironmentVariables(EnvironmentPrefix)
                .AddInMemoryCollection(Last(overrides.Select(Override)))
                .Build();
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"Settings file '{file}' cannot be read: {(e.InnerException ?? e).Message}", e);
        }
    }

    /// <summary>Of a key that is given more than once the last word counts.</summary>
    private static IEnumerable<KeyValuePair<string, string?>> Last(IEnumerable<KeyValuePair<string, string?>> overrides) =>
        overrides.GroupBy(o => o.Key, StringComparer.OrdinalIgnoreCase).Select(same => same.Last());

    private static KeyValuePair<string, string?> Override(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
            throw new SettingsException($"--set {text}: expected KEY=VALUE, e.g. --set Records:HoldBudget=0.001.");
        return new(text[..equals].Trim().Replace("__", ":", StringComparison.Ordinal), text[(equals + 1)..]);
    }
}
