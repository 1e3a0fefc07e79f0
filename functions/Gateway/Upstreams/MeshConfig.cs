namespace Gateway.Upstreams;

/// <summary>The mesh that this gateway belongs to.</summary>
public sealed record MeshConfig
{
    /// <summary>Trust domain of the SPIFFE identities, such as contoso.internal.</summary>
    public required string TrustDomain { get; init; }
}
