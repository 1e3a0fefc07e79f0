using Mesh.Health;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mesh.Membership;

/// <summary>Keeps this process a member of the mesh while it runs. The start does not wait for it.</summary>
internal sealed partial class MeshMember(MeshRounds rounds, MeshReady ready, RoundWait wait, TimeProvider time, ILogger<MeshMember> logger) : BackgroundService
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await rounds.LeaveAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await RoundAsync(stoppingToken);
            ready.Look(rounds.IsReady);
            await Task.Delay(wait.Next(rounds.View?.Bundle, rounds.RetryIn), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // A surprise ends one round: the process goes on with what it has, which ages.
    private async Task RoundAsync(CancellationToken stopping)
    {
        try
        {
            await rounds.RunAsync(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        catch (Exception surprise)
        {
            Log.Surprise(logger, surprise);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A look at the mesh failed; the last good trust bundle counts until its maximum age.")]
        public static partial void Surprise(ILogger logger, Exception exception);
    }
}
