using ControlPlane.Orchestrations;
using ControlPlane.Rotations;
using Microsoft.DurableTask;

namespace ControlPlaneApp;

/// <summary>What Durable Functions offer to an orchestration, in the words of the control plane.</summary>
internal sealed class DurableOrchestration(TaskOrchestrationContext context) : IOrchestration
{
    private static readonly TimeSpan _first = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(1);

    public DateTimeOffset Now => new(context.CurrentUtcDateTime, TimeSpan.Zero);

    public async Task<T> CallAsync<T>(string activity, object input, TimeSpan patience)
    {
        try
        {
            return await context.CallActivityAsync<T>(activity, input, TaskOptions.FromRetryPolicy(Within(patience)));
        }
        catch (TaskFailedException failed)
        {
            throw new StepFailedException($"It was tried again and again: {failed.FailureDetails.ErrorMessage}");
        }
    }

    public Task WaitAsync(DateTimeOffset until) => context.CreateTimer(until.UtcDateTime, CancellationToken.None);

    public void Tell(string? detail) => context.SetCustomStatus(detail);

    private static RetryPolicy Within(TimeSpan patience) =>
        new(maxNumberOfAttempts: int.MaxValue, firstRetryInterval: _first, backoffCoefficient: 2, maxRetryInterval: _longest, retryTimeout: patience);
}
