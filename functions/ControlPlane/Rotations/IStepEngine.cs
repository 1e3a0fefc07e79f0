namespace ControlPlane.Rotations;

/// <summary>What carries out the calls of steps: a runner in this process, or an orchestration that sends them to activities.</summary>
internal interface IStepEngine
{
    DateTimeOffset Now { get; }

    /// <summary>Makes a call, and again while it fails by what may pass.</summary>
    /// <exception cref="StepFailedException">It was refused, or failed for longer than a step's patience.</exception>
    Task<T> CallAsync<T>(IStepCall<T> call, CancellationToken cancellation);

    /// <summary>Takes one look. What cannot be seen now is not there yet.</summary>
    Task<Look> LookAsync(IStepCall<Look> look, CancellationToken cancellation);

    Task WaitAsync(TimeSpan time, CancellationToken cancellation);

    /// <summary>Says what is waited for. Null: nothing.</summary>
    void Tell(string? detail);

    /// <summary>Waits for a while for the service's rotation that is under way, and sees to it that it goes on. False: there is none.</summary>
    Task<bool> AwaitLeafAsync(string service, CancellationToken cancellation);

    /// <summary>Begins a rotation of the service's certificate for the sake of its authority's.</summary>
    Task BeginLeafAsync(string service, CancellationToken cancellation);
}
