namespace Mesh;

/// <summary>The settings of the mesh are wrong; the message lists every mistake and what to do.</summary>
public sealed class MeshOptionsException : Exception
{
    internal MeshOptionsException(IReadOnlyList<string> errors)
        : base("The mesh cannot start:\n" + string.Join('\n', errors)) => Errors = errors;

    public IReadOnlyList<string> Errors { get; }
}
