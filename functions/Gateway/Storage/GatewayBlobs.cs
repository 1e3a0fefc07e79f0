using Azure.Storage.Blobs;

namespace Gateway.Storage;

/// <summary>How the front door's host should make its blob client.</summary>
public static class GatewayBlobs
{
    /// <summary>No retries: what could not be read is read again at the next look.</summary>
    public static BlobClientOptions ClientOptions() => new()
    {
        Retry = { MaxRetries = 0, NetworkTimeout = GatewayTables.ReadTimeout },
    };
}
