namespace LocalHost.Vault.Access;

/// <summary>Rights under the names that Azure gives them, so that local rights and deployed ones can be compared.</summary>
internal enum VaultRole
{
    /// <summary>Everything about certificates, except their private keys.</summary>
    CertificatesOfficer,

    /// <summary>Reads certificates, private keys included.</summary>
    CertificateUser,

    /// <summary>Everything about keys; no key ever leaves.</summary>
    CryptoOfficer,

    /// <summary>Signs with keys that are there.</summary>
    CryptoUser,

    /// <summary>Everything about secrets.</summary>
    SecretsOfficer,

    /// <summary>Reads secrets.</summary>
    SecretsUser,
}
