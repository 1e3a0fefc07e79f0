using Azure.Data.Tables;

namespace Gateway.Storage;

/// <summary>How the front door's host should make its table client.</summary>
public static class GatewayTables
{
    /// <summary>The longest that a request waits for one read of storage.</summary>
    public static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(2);

    /// <summary>No retries: a request rather goes on with what is cached, or fails, than waits for a second attempt.</summary>
    public static TableClientOptions ClientOptions() => new()
    {
        Retry = { MaxRetries = 0, NetworkTimeout = ReadTimeout },
    };
}
