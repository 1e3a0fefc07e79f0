namespace LocalHost.Vault.Access;

/// <summary>What a vault keeps.</summary>
internal enum VaultKind
{
    Certificates,
    Secrets,
    Keys,
}
