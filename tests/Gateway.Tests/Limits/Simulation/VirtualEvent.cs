namespace Gateway.Tests.Limits.Simulation;

/// <summary>Something that happens once. In a process: not before it runs again, and never after it has ended.</summary>
internal readonly record struct VirtualEvent(VirtualProcess? Process, SendOrPostCallback Callback, object? State);
