using Microsoft.Extensions.Hosting;

namespace ControlPlane.Rotations;

/// <summary>Keeps to the schedule while this process runs, and has the rotations run in it.</summary>
internal sealed class RotationScheduler(RotationSchedule schedule, RotationRunner runner, RotationOptions options, TimeProvider time) : BackgroundService
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await runner.StopAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await schedule.TryTickAsync(stoppingToken);
            await Task.Delay(options.Tick, time, stoppingToken);
        }
    }
}
