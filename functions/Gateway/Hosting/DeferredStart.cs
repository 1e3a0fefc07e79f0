using Microsoft.Extensions.Hosting;

namespace Gateway.Hosting;

/// <summary>
/// Starts with the first request what elsewhere starts with the host: an instance that is only kept ready makes no call over the network, and a start
/// waits for none.
/// </summary>
internal sealed class DeferredStart(IServiceProvider services, DeferredServices deferred) : IHostedService, IDisposable
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
