using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gateway.Hosting;

/// <summary>
/// Starts with the first request what elsewhere starts with the host: an instance that is only kept ready makes no call over the network, and a start
/// waits for none.
/// </summary>
internal sealed partial class DeferredStart(IServiceProvider services, DeferredServices deferred, IHostApplicationLifetime lifetime, ILogger<DeferredStart> logger) : IHostedService, IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Stack<IHostedService> _started = new();
    private bool _isOver;

    /// <summary>True: all have started.</summary>
    public bool IsDone { get; private set; }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Starts what has not started yet. Where one fails, the next request tries it again.</summary>
    public async Task StartAllAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            while (!_isOver && _started.Count < deferred.All.Count)
            {
                var service = deferred.All[_started.Count].Make(services);
                await service.StartAsync(CancellationToken.None);
                _started.Push(service);
                Watch(service);
                // The host started long ago.
                await ((service as IHostedLifecycleService)?.StartedAsync(CancellationToken.None) ?? Task.CompletedTask);
            }

            IsDone = true;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    // As the host does with those that it starts itself: an instance that follows nothing any more must not go on as if it did.
    private void Watch(IHostedService service)
    {
        if (service is BackgroundService { ExecuteTask: { } run })
        {
            _ = run.ContinueWith(
                ended =>
                {
                    Log.Died(logger, ended.Exception!, service.GetType().Name);
                    lifetime.StopApplication();
                },
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted,
                TaskScheduler.Default);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Critical, "{Service} has died, and this instance stops.")]
        public static partial void Died(ILogger logger, Exception exception, string service);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            _isOver = true;
            while (_started.TryPop(out var service))
            {
                await service.StopAsync(cancellationToken);
                (service as IDisposable)?.Dispose();
            }
        }
        finally
        {
            _gate.Release();
        }
    }
}
