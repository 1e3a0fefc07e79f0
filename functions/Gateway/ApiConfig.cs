namespace Gateway;

/// <summary>A group of routes with settings in common.</summary>
public sealed record ApiConfig : RouteSettings
{
    /// <summary>Host and path that stand before every match, such as "api.contoso.com/v1", "/v1" or "*.contoso.com". Unset: any host, no prefix.</summary>
    public string? At { get; init; }

    /// <summary>The routes of this api, by name.</summary>
    public IReadOnlyDictionary<string, RouteConfig> Routes { get; init; } = new OrderedDictionary<string, RouteConfig>();
}
