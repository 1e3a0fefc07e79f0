using Azure.Data.Tables;
using ControlPlane.Storage;
using Gateway.Storage;

namespace LocalHost.Storage;

/// <summary>Clients for the tables: by the same library as in production, and as patient as each plane is there.</summary>
internal sealed class LocalTables(string connection)
{
    /// <summary>For the front door: a request does not wait for a second attempt.</summary>
    public TableServiceClient ForFrontDoor() => new(connection, GatewayTables.ClientOptions());

    /// <summary>For the control plane, whose callers rather wait a little.</summary>
    public TableServiceClient ForControlPlane() => new(connection, ControlPlaneTables.ClientOptions());

    /// <summary>For the sample services, which set nothing of their own.</summary>
    public TableServiceClient ForSamples() => new(connection, new TableClientOptions { Retry = { MaxRetries = 2, NetworkTimeout = TimeSpan.FromSeconds(3) } });
}
