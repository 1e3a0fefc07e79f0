using ControlPlane.Orchestrations;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace ControlPlaneApp;

/// <summary>Sees to it that each rotation that has to run has an orchestration, whose instance id is its certificate's name.</summary>
public sealed class RunningRotations(OrchestratedMesh mesh)
{
    public async Task StartAllAsync(DurableTaskClient client, CancellationToken cancellation)
    {
        foreach (var order in await mesh.RunningAsync(cancellation))
        {
            await StartAsync(client, order, cancellation);
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

    // Two that start at once: the engine keeps one instance of an id, and the journal lets only one of them keep a step.
    private static async Task StartAsync(DurableTaskClient client, RotationOrder order, CancellationToken cancellation)
    {
        if (await client.GetInstanceAsync(order.Certificate, cancellation) is not { IsCompleted: false })
        {
            await client.ScheduleNewOrchestrationInstanceAsync(nameof(Rotation), order, new StartOrchestrationOptions(order.Certificate), cancellation);
        }
    }
}
