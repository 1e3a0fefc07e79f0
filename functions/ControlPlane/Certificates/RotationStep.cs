namespace ControlPlane.Certificates;

/// <summary>One step of a rotation.</summary>
/// <param name="Name">Such as AwaitAck.</param>
/// <param name="At">When it began.</param>
/// <param name="Detail">What is worth knowing of it; null: nothing.</param>
internal sealed record RotationStep(string Name, DateTimeOffset At, string? Detail);
