using Azure.Data.Tables;
using ControlPlane.Storage;
using Gateway.Storage;

namespace LocalHost.Storage;

/// <summary>Clients for Azurite's tables: by the same library as in production, and as patient as each plane is there.</summary>
internal sealed class LocalTables(Uri azurite)
{
    // Azurite's account and key are the same everywhere and documented; they protect nothing.
    private const string Account = "devstoreaccount1";
    private const string AccountKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <summary>As who starts a member of the mesh by hand needs it.</summary>
    public string ConnectionString { get; } = $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={AccountKey};TableEndpoint={azurite.AbsoluteUri}{Account};";

    /// <summary>All three services, as a Functions host needs them.</summary>
    /// <param name="ports">Of blobs, queues and tables.</param>
    public static string HostConnection(string ports)
    {
        var endpoints = ports.Split(',').Zip(["Blob", "Queue", "Table"], (port, kind) => $"{kind}Endpoint=http://127.0.0.1:{port}/{Account};");
        return $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={AccountKey};{string.Concat(endpoints)}";
    }

    /// <summary>For the front door: a request does not wait for a second attempt.</summary>
    public TableServiceClient ForFrontDoor() => new(ConnectionString, GatewayTables.ClientOptions());

    /// <summary>For the control plane, whose callers rather wait a little.</summary>
    public TableServiceClient ForControlPlane() => new(ConnectionString, ControlPlaneTables.ClientOptions());

    /// <summary>For members of the mesh, which look again soon.</summary>
    public TableServiceClient ForMesh() => new(ConnectionString, new TableClientOptions { Retry = { MaxRetries = 1, NetworkTimeout = TimeSpan.FromSeconds(3) } });

    /// <summary>For the sample services, which set nothing of their own.</summary>
    public TableServiceClient ForSamples() => new(ConnectionString, new TableClientOptions { Retry = { MaxRetries = 2, NetworkTimeout = TimeSpan.FromSeconds(3) } });
}
