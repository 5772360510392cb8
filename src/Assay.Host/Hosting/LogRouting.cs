using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Assay.Host.Hosting;

/// <summary>Where the program's own logs go: standard error where it is free, nowhere while a view draws on the terminal (faults reach the view).</summary>
internal static class LogRouting
{
    public static void ToStandardError(ILoggingBuilder logging) => Limit(logging)
        .AddSimpleConsole(o => o.SingleLine = true)
        .Services.Configure<ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);

    public static void ToNowhere(ILoggingBuilder logging) => Limit(logging);

    // Orleans describes its own start at length; its warnings of a small machine say nothing that a user could mend.
    private static ILoggingBuilder Limit(ILoggingBuilder logging) => logging
        .SetMinimumLevel(LogLevel.Warning)
        .AddFilter("Orleans", LogLevel.Error)
        .AddFilter("Microsoft", LogLevel.Error);
}
