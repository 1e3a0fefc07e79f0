namespace Gateway.Upstreams;

/// <summary>A credential of the gateway's own that a service is sent.</summary>
public sealed record CredentialConfig
{
    /// <summary>The scope for which the managed identity asks a token, such as "api://orders/.default".</summary>
    public required string ManagedIdentity { get; init; }
}
