namespace Gateway.Authentication;

/// <summary>How API keys are read.</summary>
public sealed record KeysConfig
{
    /// <summary>Headers that may carry a key, beside "Authorization: ApiKey". Default x-api-key.</summary>
    public IReadOnlyList<string> Headers { get; init; } = ["x-api-key"];

    /// <summary>How long keys last known good stay valid while storage is away. Default 5m; 0s: not at all.</summary>
    public TimeSpan StaleFor { get; init; } = TimeSpan.FromMinutes(5);
}
