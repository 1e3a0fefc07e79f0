using ControlPlane.Orchestrations;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace ControlPlaneApp;

/// <summary>Sees to it that each rotation that has to run has an orchestration, whose instance id is its certificate's name.</summary>
public sealed partial class RunningRotations(OrchestratedMesh mesh, ILogger<RunningRotations> logger)
{
    /// <summary>Starts what is missing. What cannot be started now is said, and started at the next tick.</summary>
    public async Task StartAllAsync(DurableTaskClient client, CancellationToken cancellation)
    {
        try
        {
            foreach (var order in await mesh.RunningAsync(cancellation))
            {
                await StartAsync(client, order, cancellation);
            }
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            Log.NotStarted(logger, failure);
        }
    }

    /// <summary>False: no rotation of this certificate has to run.</summary>
    public async Task<bool> StartAsync(DurableTaskClient client, string certificate, CancellationToken cancellation)
    {
        if (await mesh.FindRunningAsync(certificate, cancellation) is not { } order)
        {
            return false;
        }

        await StartAsync(client, order, cancellation);
        return true;
    }

    /// <summary>Begins a rotation of a leaf for the sake of its authority's.</summary>
    public async Task BeginLeafAsync(DurableTaskClient client, string service, CancellationToken cancellation)
    {
        await mesh.BeginLeafAsync(service, cancellation);
        await StartAsync(client, service, cancellation);
    }

    private static async Task StartAsync(DurableTaskClient client, RotationOrder order, CancellationToken cancellation)
    {
        if (await IsRunningAsync(client, order, cancellation))
        {
            return;
        }

        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(nameof(Rotation), order, new StartOrchestrationOptions(order.Certificate), cancellation);
        }
        catch (Exception) when (!cancellation.IsCancellationRequested)
        {
            // Two that start at once: the engine refuses the second instance of an id, and all is as it should be.
            if (!await IsRunningAsync(client, order, cancellation))
            {
                throw;
            }
        }
    }

    private static async Task<bool> IsRunningAsync(DurableTaskClient client, RotationOrder order, CancellationToken cancellation) =>
        await client.GetInstanceAsync(order.Certificate, cancellation) is { IsCompleted: false };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Not all rotations could be started; it is tried again at the next tick.")]
        public static partial void NotStarted(ILogger logger, Exception exception);
    }
}
