namespace Mesh.Callers;

/// <summary>What becomes of calls without a certificate of the mesh. A certificate that is refused is refused in both.</summary>
public enum MeshMode
{
    /// <summary>They are refused, unless an endpoint lets them in.</summary>
    Strict,

    /// <summary>They are let in and counted, so that a migration can be seen to be finished.</summary>
    Permissive,
}
