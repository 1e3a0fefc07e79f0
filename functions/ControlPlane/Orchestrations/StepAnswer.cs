namespace ControlPlane.Orchestrations;

/// <summary>What came of a call that an activity made: one of result and failure.</summary>
/// <param name="Result">The result.</param>
/// <param name="Failure">Why it cannot be done: trying again would not help.</param>
public sealed record StepAnswer<T>(T? Result, string? Failure);
