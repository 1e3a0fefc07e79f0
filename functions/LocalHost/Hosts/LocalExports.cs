using Exporters;

namespace LocalHost.Hosts;

/// <summary>
/// Sends the process's traces, metrics and warnings to where the environment says. Once for all its servers: sources and meters belong to the process,
/// so that each server's own exporter would send everything again.
/// </summary>
internal sealed class LocalExports : IAsyncDisposable
{
    private const string ServiceName = "local-host";

    private readonly IHost _host;

    private LocalExports(IHost host) => _host = host;

    /// <summary>Null: the environment names no place, and nothing was started.</summary>
    /// <exception cref="StartFailure">A setting is wrong.</exception>
    public static async Task<LocalExports?> StartAsync(ILoggerFactory loggers, CancellationToken cancellation)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddEnvironmentVariables();
        builder.Services.AddSingleton<IHostLifetime, ProgramLifetime>();
        try
        {
            if (builder.AddExporters(ServiceName) is null)
            {
                return null;
            }
        }
        catch (ExporterSettingException e)
        {
            throw new StartFailure(e.Message);
        }

        var host = builder.Build();
        await host.StartAsync(cancellation);
        loggers.AddProvider(new Exported(host.Services.GetRequiredService<ILoggerFactory>()));
        return new(host);
    }

    /// <summary>Sends what is left.</summary>
    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    // The host's own filter says what of the process's log is sent.
    private sealed class Exported(ILoggerFactory log) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => log.CreateLogger(categoryName);

        public void Dispose()
        {
        }
    }
}
