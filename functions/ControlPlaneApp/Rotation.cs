using ControlPlane.Orchestrations;
using ControlPlane.Rotations;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace ControlPlaneApp;

/// <summary>A rotation as a Durable orchestration.</summary>
public static class Rotation
{
    [Function(nameof(Rotation))]
    public static Task<RotationOutcome?> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, RotationOrder order) =>
        OrchestratedRotation.RunAsync(new DurableOrchestration(context), order);
}
