using LocalHost.Vault.Objects;

namespace LocalHost.Vault.Secrets;

/// <summary>A secret.</summary>
internal sealed record StoredSecret : StoredObject<SecretVersion>
{
    /// <summary>It is a certificate's: changed with the certificate only.</summary>
    public bool Managed { get; init; }
}
