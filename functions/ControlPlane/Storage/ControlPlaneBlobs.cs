using Azure.Core;
using Azure.Storage.Blobs;

namespace ControlPlane.Storage;

/// <summary>How the control plane's host should make its blob client.</summary>
public static class ControlPlaneBlobs
{
    /// <inheritdoc cref="ControlPlaneTables.ClientOptions"/>
    public static BlobClientOptions ClientOptions() => new()
    {
        Retry =
        {
            Mode = RetryMode.Exponential,
            MaxRetries = 2,
            Delay = TimeSpan.FromMilliseconds(200),
            MaxDelay = TimeSpan.FromSeconds(1),
            NetworkTimeout = TimeSpan.FromSeconds(3),
        },
    };
}
