using LocalHost.Vault.Objects;

namespace LocalHost.Vault.Keys;

/// <summary>One version of a key.</summary>
internal sealed record KeyVersion : StoredVersion
{
    public required KeyShape Shape { get; init; }

    public required byte[] Pkcs8 { get; init; }

    /// <summary>What it may be used for.</summary>
    public required IReadOnlyList<string> Uses { get; init; }
}
