using System.CommandLine;

namespace Assay.Host.Commands;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public static Option<FileInfo?> Settings() => new("--settings")
    {
        HelpName = "FILE",
        Description = "Settings (JSON). Environment variables ASSAY__Section__Key come on top, --set on top of those.",
    };

    public static Option<string[]> Set() => new("--set")
    {
        HelpName = "KEY=VALUE",
        Description = "One setting, e.g. --set Records:HoldBudget=0.001. May be repeated.",
        AllowMultipleArgumentsPerToken = false,
        DefaultValueFactory = _ => [],
    };
}
