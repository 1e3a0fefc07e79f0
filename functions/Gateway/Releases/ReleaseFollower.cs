using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gateway.Releases;

/// <summary>Looks at the pointer every 5 s, from when the host has started: nothing waits for the first look.</summary>
/// <param name="releases">What follows it. Null: the host has no blob storage, so that the file serves.</param>
internal sealed partial class ReleaseFollower(FollowedReleases? releases, Random random, TimeProvider time, ILogger<ReleaseFollower> logger) : BackgroundService, IHostedLifecycleService
{
    /// <summary>The usual time between two looks: with the two reads of a look, 2 s each at most, a move is followed within 10 s.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    // Instances that were started together do not ask together for ever.
    private const double Jitter = 0.1;

    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _started.TrySetResult();
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (releases is null)
        {
            return;
        }

        try
        {
            await _started.Task.WaitAsync(stoppingToken);
            while (true)
            {
                await LookAsync(releases, stoppingToken);
                await Task.Delay(Period * (1 - Jitter + (2 * Jitter * random.NextDouble())), time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the host is shutting down
        }
    }

    // Nothing about a release may end the process.
    private async Task LookAsync(FollowedReleases followed, CancellationToken stopping)
    {
        try
        {
            await followed.LookAsync(stopping);
        }
        catch (Exception fault) when (!stopping.IsCancellationRequested)
        {
            Log.Failed(logger, fault);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The look at the releases failed. What serves stays.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
