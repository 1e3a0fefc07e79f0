using ControlPlane.Rotations;

namespace ControlPlane.Orchestrations;

/// <summary>
/// What an engine of orchestrations offers to one of them, Durable Functions for instance: everything that is not deterministic. The adapter of the engine
/// translates, and does nothing else.
/// </summary>
public interface IOrchestration
{
    /// <summary>The engine's time, which is the same each time when it replays.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Has an activity carried out, and again while it throws, for as long as the patience says.</summary>
    /// <param name="activity">Its name: one of <see cref="RotationActivities"/>.</param>
    /// <param name="input">What it is given; goes into the engine's history.</param>
    /// <param name="patience">For how long it is tried again.</param>
    /// <exception cref="StepFailedException">It threw for longer than that; the message is the one that it threw last.</exception>
    Task<T> CallAsync<T>(string activity, object input, TimeSpan patience);

    /// <summary>Sleeps, at no cost.</summary>
    Task WaitAsync(DateTimeOffset until);

    /// <summary>Shows what is waited for beside the orchestration's state. Null: nothing.</summary>
    void Tell(string? detail);
}
