namespace Gateway;

/// <summary>What the gateway runs in.</summary>
public enum GatewayHost
{
    /// <summary>A server of its own, which passes on everything as it came.</summary>
    Kestrel,

    /// <summary>Azure Functions: its front end and its host stand before the gateway, with bounds of their own.</summary>
    Functions,
}
