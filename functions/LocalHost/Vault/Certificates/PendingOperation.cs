using System.Security.Cryptography;
using System.Text.Json.Nodes;
using LocalHost.Vault.Keys;
using LocalHost.Vault.Objects;
using LocalHost.Vault.Protocol;

namespace LocalHost.Vault.Certificates;

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

    public static PendingOperation Begin(JsonObject body, CertificateTerms terms, AsymmetricAlgorithm key, DateTimeOffset now) => new()
    {
        Version = StoredVersion.NewName(),
        RequestId = StoredVersion.NewName(),
        Shape = terms.Shape,
        Pkcs8 = key.ExportPkcs8PrivateKey(),
        Csr = CertificateDraft.Of(terms, key).CreateSigningRequest(),
        Issuer = terms.Issuer,
        Created = now,
        Enabled = body.Child("attributes")?.Flag("enabled") ?? true,
        Tags = body.Tags() ?? new Dictionary<string, string>(),
    };
}
