namespace ControlPlane.Rotations;

/// <summary>Makes the calls of steps in this process.</summary>
/// <param name="runner">Whose steps they are; it also runs the rotations that an authority's needs.</param>
/// <param name="tell">Takes what is waited for; null: nothing.</param>
internal sealed class RunnerEngine(RotationRunner runner, Action<string?> tell) : IStepEngine
{
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(1);

    public DateTimeOffset Now => runner.Time.GetUtcNow();

    public Task<T> CallAsync<T>(IStepCall<T> call, CancellationToken cancellation) => TryAsync(() => call.PerformAsync(runner.Work, cancellation), cancellation);

    public Task<Look> LookAsync(IStepCall<Look> look, CancellationToken cancellation) =>
        StepFaults.LookAsync(() => look.PerformAsync(runner.Work, cancellation), cancellation);

    public Task WaitAsync(TimeSpan time, CancellationToken cancellation) => Task.Delay(time, runner.Time, cancellation);

    public void Tell(string? detail) => tell(detail);

    public async Task<bool> AwaitLeafAsync(string service, CancellationToken cancellation)
    {
        if (await TryAsync(() => runner.Journal.FindRunningAsync(service, cancellation), cancellation) is null)
        {
            return false;
        }

        tell($"the rotation of {service}");
        if (await runner.ContinueAsync(service).WaitAsync(cancellation) is null)
        {
            await WaitAsync(runner.Options.Look, cancellation);
        }

        return true;
    }

    public Task BeginLeafAsync(string service, CancellationToken cancellation) => TryAsync(() => runner.StartAsync(service, "authority", cancellation), cancellation);

    private async Task<T> TryAsync<T>(Func<Task<T>> action, CancellationToken cancellation)
    {
        var since = runner.Time.GetTimestamp();
        for (var wait = runner.Options.FirstRetry; ; wait = wait * 2 < LongestRetry ? wait * 2 : LongestRetry)
        {
            try
            {
                return await action();
            }
            catch (Exception failure) when (failure is not StepFailedException && !cancellation.IsCancellationRequested)
            {
                if (runner.Time.GetElapsedTime(since) >= runner.Options.StepPatience)
                {
                    throw StepFaults.LastingOf(StepFaults.ReasonOf(failure), failure);
                }

                tell(StepFaults.ReasonOf(failure));
            }

            await WaitAsync(wait, cancellation);
        }
    }
}
