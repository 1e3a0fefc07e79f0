using Azure.Core;
using Azure.Data.Tables;

namespace ControlPlane.Storage;

/// <summary>How the control plane's host should make its table client.</summary>
public static class ControlPlaneTables
{
    /// <summary>Few and short retries: an operator waits for the answer, and a management call rather fails than hangs.</summary>
    public static TableClientOptions ClientOptions() => new()
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
