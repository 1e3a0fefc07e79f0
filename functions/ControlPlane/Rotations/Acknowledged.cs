namespace ControlPlane.Rotations;

/// <summary>Every live peer acts on the bundle that was waited for.</summary>
/// <param name="At">When that was seen. What has to drain drains from here.</param>
public sealed record Acknowledged(DateTimeOffset At);
