namespace Mesh.Health;

/// <summary>Something of the mesh that went wrong in this process.</summary>
/// <param name="At">When.</param>
/// <param name="What">A sentence; no secret in it.</param>
public sealed record MeshFailure(DateTimeOffset At, string What);
