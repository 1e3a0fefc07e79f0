namespace LocalHost.Vault.Access;

/// <summary>One operation of the protocol: what rights and faults are about.</summary>
internal readonly record struct VaultAction(VaultKind Kind, VaultVerb Verb)
{
    /// <summary>As a refusal names it.</summary>
    public override string ToString() => $"Microsoft.KeyVault/vaults/{Kind.ToString().ToLowerInvariant()}/{Verb.ToString().ToLowerInvariant()}";
}
