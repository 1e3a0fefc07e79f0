namespace ControlPlane.Trust;

/// <summary>What the mesh is.</summary>
public sealed record MeshSettings
{
    /// <summary>Trust domain of its SPIFFE ids, such as contoso.internal.</summary>
    public required string TrustDomain { get; init; }

    /// <summary>How often a peer looks for the next bundle.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>For how long a peer goes on while it cannot find out whether there is a next bundle.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromMinutes(30);
}
