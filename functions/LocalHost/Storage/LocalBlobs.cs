using Azure.Storage.Blobs;
using ControlPlane.Storage;
using Gateway.Storage;

namespace LocalHost.Storage;

/// <summary>Clients for Azurite's blobs: by the same library as in production, and as patient as each plane is there.</summary>
internal sealed class LocalBlobs(Uri azurite)
{
    private readonly string _connection = AzuriteAccount.Connection("Blob", azurite);

    /// <summary>For the front door, which looks again soon.</summary>
    public BlobServiceClient ForFrontDoor() => new(_connection, GatewayBlobs.ClientOptions());

    /// <summary>For the control plane, whose callers rather wait a little.</summary>
    public BlobServiceClient ForControlPlane() => new(_connection, ControlPlaneBlobs.ClientOptions());
}
