using Microsoft.Extensions.Logging.Console;

namespace LocalHost.Terminal;

/// <summary>The process's log, on standard output: the gateway's own lines, and of the frameworks only what is wrong.</summary>
internal static class LocalLog
{
    private static readonly string[] Ours = ["Gateway", "ControlPlane", "Samples", "LocalHost"];

    public static ILoggerFactory Create(TimeProvider time)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time);
        services.AddLogging(logging =>
        {
            logging.SetMinimumLevel(LogLevel.Warning);
            foreach (var name in Ours)
            {
                logging.AddFilter(name, LogLevel.Information);
            }

            // Kestrel says at this level that a client sent nonsense, which the gateway counts.
            logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error);
            // What the forwarder warns of, the access line and the problem say too.
            logging.AddFilter("Yarp", LogLevel.Error);
            // What keeps a server from starting is said once, by the program.
            logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
            logging.AddConsole(console => console.FormatterName = LineFormatter.FormatterName);
            logging.AddConsoleFormatter<LineFormatter, ConsoleFormatterOptions>();
        });
        return services.BuildServiceProvider().GetRequiredService<ILoggerFactory>();
    }
}
