using ControlPlane.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace ControlPlaneApp;

/// <summary>Begins what is due and revives what died: every minute, and when a vault says that a certificate needs it.</summary>
public sealed class Ticks(ControlPlaneFunction control, RunningRotations rotations)
{
    [Function("Tick")]
    public Task OnTimerAsync([TimerTrigger("0 * * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        TickAsync(client, cancellation);

    // What the event says is not looked at: the tick finds out by itself what there is to do.
    [Function("Nudge")]
    public Task OnNudgeAsync([QueueTrigger("nudges")] string nudge, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        TickAsync(client, cancellation);

    private async Task TickAsync(DurableTaskClient client, CancellationToken cancellation)
    {
        await control.TickAsync(cancellation);
        await rotations.StartAllAsync(client, cancellation);
    }
}
