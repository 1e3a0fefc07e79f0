namespace Mesh.Calls;

/// <summary>What is missing for a mesh call.</summary>
public enum MeshLack
{
    /// <summary>A trust bundle that is young enough.</summary>
    Trust,

    /// <summary>A certificate of our own that is valid.</summary>
    Leaf,
}
