namespace LocalHost.Vault.Access;

/// <summary>Who may do what in one vault.</summary>
internal sealed class VaultAccessRules
{
    private readonly Dictionary<string, VaultRole[]> _roles = new(StringComparer.Ordinal);

    /// <summary>Adds the roles of a principal; whoever is not named may do nothing.</summary>
    public VaultAccessRules With(string principal, params VaultRole[] roles)
    {
        _roles[principal] = roles;
        return this;
    }

    public bool Allow(string principal, VaultAction action) =>
        _roles.TryGetValue(principal, out var roles) && roles.Any(role => Allows(role, action));

    private static bool Allows(VaultRole role, VaultAction action) => role switch
    {
        VaultRole.CertificatesOfficer => action.Kind == VaultKind.Certificates,
        VaultRole.CertificateUser => action.Kind is VaultKind.Certificates or VaultKind.Secrets && Reads(action.Verb),
        VaultRole.CryptoOfficer => action.Kind == VaultKind.Keys,
        VaultRole.CryptoUser => action.Kind == VaultKind.Keys && (Reads(action.Verb) || action.Verb == VaultVerb.Sign),
        VaultRole.SecretsOfficer => action.Kind == VaultKind.Secrets,
        VaultRole.SecretsUser => action.Kind == VaultKind.Secrets && Reads(action.Verb),
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "Add the new role to this table."),
    };

    private static bool Reads(VaultVerb verb) => verb is VaultVerb.Get or VaultVerb.List or VaultVerb.ListVersions;
}
