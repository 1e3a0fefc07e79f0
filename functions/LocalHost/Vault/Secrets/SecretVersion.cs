using LocalHost.Vault.Objects;

namespace LocalHost.Vault.Secrets;

/// <summary>One version of a secret.</summary>
internal sealed record SecretVersion : StoredVersion
{
    public required string Value { get; init; }

    public string? ContentType { get; init; }
}
