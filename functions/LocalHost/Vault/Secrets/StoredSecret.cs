using LocalHost.Vault.Objects;

namespace LocalHost.Vault.Secrets;

/// <summary>A secret.</summary>
internal sealed record StoredSecret : StoredObject<SecretVersion>
{
    /// <summary>It is a certificate's: changed with the certificate only.</summary>
    public bool Managed { get; init; }
}

/// <summary>One version of a secret.</summary>
internal sealed record SecretVersion : StoredVersion
{
    public required string Value { get; init; }

    public string? ContentType { get; init; }
}
