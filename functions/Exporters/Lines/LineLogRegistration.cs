using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Exporters.Lines;

/// <summary>The log of a process that has a standard output of its own: one line for each entry.</summary>
public static class LineLogRegistration
{
    /// <summary>The setting that asks for one of .NET's own formats instead: simple, json or systemd.</summary>
    public const string FormatSetting = "Logging:Console:FormatterName";

    /// <summary>Takes the place of .NET's console log, which costs a request more than routing, checking its key and counting it, unless one of .NET's formats is asked for.</summary>
    public static ILoggingBuilder AddLines(this ILoggingBuilder logging, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (configuration[FormatSetting] is { Length: > 0 })
        {
            return logging;
        }

        logging.ClearProviders();
        logging.Services.AddSingleton<ILoggerProvider>(provider => new LineLog(Console.OpenStandardOutput(), provider.GetService<TimeProvider>() ?? TimeProvider.System));
        return logging;
    }
}
