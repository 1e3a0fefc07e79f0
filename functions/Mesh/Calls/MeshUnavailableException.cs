namespace Mesh.Calls;

/// <summary>This process can make no mesh calls now. Nothing was sent.</summary>
public sealed class MeshUnavailableException : HttpRequestException
{
    internal MeshUnavailableException(MeshLack lack)
        : base(HttpRequestError.ConnectionError, lack switch
        {
            MeshLack.Trust => "There is no trust bundle, or it is older than it may be: no mesh call is made.",
            MeshLack.Leaf => "This process has no valid certificate of the mesh: no mesh call is made.",
            _ => throw new ArgumentOutOfRangeException(nameof(lack), lack, "Add the new lack to this table."),
        }) => Lack = lack;

    public MeshLack Lack { get; }
}
