using System.Text.Json;
using LocalHost.Vault.Keys;
using LocalHost.Vault.Objects;

namespace LocalHost.Vault.Certificates;

/// <summary>A certificate with its keys and secrets, in one file so that they change together.</summary>
internal sealed record StoredCertificate : StoredObject<CertificateVersion>
{
    /// <summary>The policy as it was sent, with what it left out.</summary>
    public required JsonElement Policy { get; init; }

    public required DateTimeOffset PolicyUpdated { get; init; }

    /// <summary>The operation under way, or the one that ended last; null: none, or it was deleted.</summary>
    public PendingOperation? Pending { get; init; }
}

/// <summary>One version of a certificate.</summary>
internal sealed record CertificateVersion : StoredVersion
{
    /// <summary>DER, leaf first.</summary>
    public required IReadOnlyList<byte[]> Chain { get; init; }

    public required KeyShape Shape { get; init; }

    public required byte[] Pkcs8 { get; init; }

    /// <summary>What the secret of the same name and version holds: made once, because PKCS#12 differs each time it is made.</summary>
    public required string Secret { get; init; }

    public required string ContentType { get; init; }
}

/// <summary>A certificate in the making.</summary>
internal sealed record PendingOperation
{
    /// <summary>The version that the certificate will have.</summary>
    public required string Version { get; init; }

    public required string RequestId { get; init; }

    public required KeyShape Shape { get; init; }

    public required byte[] Pkcs8 { get; init; }

    public required byte[] Csr { get; init; }

    public required string Issuer { get; init; }

    public required DateTimeOffset Created { get; init; }

    public bool Enabled { get; init; } = true;

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    public PendingStatus Status { get; init; }
}

/// <summary>How far it is.</summary>
internal enum PendingStatus
{
    InProgress,
    Completed,
    Cancelled,
}
