namespace ControlPlane.Vault;

/// <summary>What a vault says of a version of a key.</summary>
public sealed record VaultKeyVersion
{
    public required string Name { get; init; }

    public required string Version { get; init; }

    public required bool Enabled { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required IReadOnlyDictionary<string, string> Tags { get; init; }
}
