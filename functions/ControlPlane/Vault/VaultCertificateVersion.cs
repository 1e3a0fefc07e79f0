namespace ControlPlane.Vault;

/// <summary>One version of a certificate in a vault.</summary>
public sealed record VaultCertificateVersion
{
    public required string Name { get; init; }

    public required string Version { get; init; }

    public required bool Enabled { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    /// <summary>SHA-1 of the certificate, upper-case hexadecimal, as X509Certificate2 writes it.</summary>
    public required string Thumbprint { get; init; }
}
