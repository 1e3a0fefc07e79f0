namespace Mesh.Telemetry;

/// <summary>The name under which the mesh's metrics are found: the same as the gateway's.</summary>
public static class MeshInstruments
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "ServerlessGateway";
}
