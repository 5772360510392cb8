using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Assay.Host.Settings;

/// <summary>Binds sections to options objects, refusing unknown keys and values out of range with the key's full name.</summary>
public static class SettingsBinder
{
    /// <exception cref="SettingsException">A key is unknown, a value has the wrong type or is out of range.</exception>
    /// <param name="nested">Subsections that have options of their own.</param>
    public static T Bind<T>(IConfiguration configuration, string section, params string[] nested) where T : class, new() =>
        (T)Bind(configuration, section, typeof(T), nested);

    /// <inheritdoc cref="Bind{T}"/>
    public static object Bind(IConfiguration configuration, string section, Type type, params string[] nested)
    {
        var options = Activator.CreateInstance(type)!;
        var values = Without(configuration.GetSection(section), nested);
        var known = type.GetProperties().Select(p => p.Name).ToArray();
        if (values.GetChildren().FirstOrDefault(c => !known.Contains(c.Key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            throw new SettingsException($"{section} has no key '{unknown.Key}'; it knows {string.Join(", ", known)}.");
        try
        {
            values.Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException e)
        {
            throw new SettingsException($"{section}: {(e.InnerException is null ? e.Message : $"{e.Message} {e.InnerException.Message}")}", e);
        }

        var problems = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true))
        {
            var lines = problems.Select(p => $"{section}:{string.Join(',', p.MemberNames)}: {p.ErrorMessage}");
            throw new SettingsException(string.Join(Environment.NewLine, lines));
        }

        return options;
    }

    /// <summary>Refuses top-level sections that nothing reads, so that a typo is not silently a default.</summary>
    /// <exception cref="SettingsException">A section is unknown.</exception>
    public static void RefuseUnknownSections(IConfiguration configuration, IReadOnlyCollection<string> known)
    {
        var unknown = configuration.GetChildren().Select(c => c.Key).Where(k => !known.Contains(k, StringComparer.OrdinalIgnoreCase)).ToArray();
        if (unknown.Length > 0)
            throw new SettingsException($"Unknown settings {string.Join(", ", unknown.Select(k => $"'{k}'"))}; the sections are {string.Join(", ", known)}.");
    }

    private static IConfiguration Without(IConfigurationSection section, string[] nested) => nested.Length == 0
        ? section
        : new ConfigurationBuilder().AddInMemoryCollection(section.AsEnumerable(makePathsRelative: true)
            .Where(pair => pair.Key.Length > 0 && !nested.Contains(pair.Key.Split(':')[0], StringComparer.OrdinalIgnoreCase))).Build();
}
