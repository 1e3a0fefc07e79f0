using ControlPlane.Rotations;

namespace ControlPlane.Orchestrations;

/// <summary>Makes the calls of steps by activities.</summary>
internal sealed class OrchestrationEngine(IOrchestration orchestration, RotationOptions options) : IStepEngine
{
    public DateTimeOffset Now => orchestration.Now;

    public async Task<T> CallAsync<T>(IStepCall<T> call, CancellationToken cancellation)
    {
        var answer = await orchestration.CallAsync<StepAnswer<T>>(call.GetType().Name, call, options.StepPatience);
        return answer.Failure is { } failure ? throw new StepFailedException(failure) : answer.Result!;
    }

    // The activity of a look takes what it cannot see for not there yet.
    public Task<Look> LookAsync(IStepCall<Look> look, CancellationToken cancellation) => CallAsync(look, cancellation);

    public Task WaitAsync(TimeSpan time, CancellationToken cancellation) => orchestration.WaitAsync(orchestration.Now + time);

    public void Tell(string? detail) => orchestration.Tell(detail);

    public async Task<bool> AwaitLeafAsync(string service, CancellationToken cancellation)
    {
        if (!await orchestration.CallAsync<bool>(RotationActivities.GoOn, service, options.StepPatience))
        {
            return false;
        }

        Tell($"the rotation of {service}");
        await WaitAsync(options.Look, cancellation);
        return true;
    }

    public Task BeginLeafAsync(string service, CancellationToken cancellation) => orchestration.CallAsync<bool>(RotationActivities.Begin, service, options.StepPatience);
}
