using Microsoft.Extensions.Hosting;

namespace Gateway.Configuration;

/// <summary>Loads the configuration at start and looks for changes of the file twice a second.</summary>
internal sealed class ConfigWatcher(ConfigReloader reloader, TimeProvider time) : BackgroundService
{
    // A change serves within 2 s; watching by the operating system's events misses mounted volumes and replaced links.
    private static readonly TimeSpan _period = TimeSpan.FromMilliseconds(500);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        reloader.Start();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                reloader.Poll();
                reloader.Renew();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the host is shutting down
        }
    }
}
