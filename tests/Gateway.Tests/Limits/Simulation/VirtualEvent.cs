namespace Gateway.Tests.Limits.Simulation;

/// <summary>Something that happens once. In a process: not before it runs again, and never after it has ended.</summary>
/// <param name="DueAt">When it would have happened, had the process not been stopped.</param>
internal readonly record struct VirtualEvent(VirtualProcess? Process, SendOrPostCallback Callback, object? State, long DueAt);
