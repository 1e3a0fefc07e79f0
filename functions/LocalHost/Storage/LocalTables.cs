using Azure.Data.Tables;
using ControlPlane.Storage;
using Gateway.Storage;

namespace LocalHost.Storage;

/// <summary>Clients for Azurite's tables: by the same library as in production, and as patient as each plane is there.</summary>
internal sealed class LocalTables(Uri azurite)
{
    private readonly string _connection = AzuriteAccount.Connection("Table", azurite);

    /// <summary>For the front door: a request does not wait for a second attempt.</summary>
    public TableServiceClient ForFrontDoor() => new(_connection, GatewayTables.ClientOptions());

    /// <summary>For the control plane, whose callers rather wait a little.</summary>
    public TableServiceClient ForControlPlane() => new(_connection, ControlPlaneTables.ClientOptions());

    /// <summary>For members of the mesh, which look again soon.</summary>
    public TableServiceClient ForMesh() => new(_connection, new TableClientOptions { Retry = { MaxRetries = 1, NetworkTimeout = TimeSpan.FromSeconds(3) } });

    /// <summary>For the sample services, which set nothing of their own.</summary>
    public TableServiceClient ForSamples() => new(_connection, new TableClientOptions { Retry = { MaxRetries = 2, NetworkTimeout = TimeSpan.FromSeconds(3) } });
}
