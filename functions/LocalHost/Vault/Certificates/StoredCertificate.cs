using System.Text.Json;
using LocalHost.Vault.Objects;
using LocalHost.Vault.Secrets;

namespace LocalHost.Vault.Certificates;

/// <summary>A certificate with its keys and secrets, in one file so that they change together.</summary>
internal sealed record StoredCertificate : StoredObject<CertificateVersion>
{
    /// <summary>The policy as it was sent, with what it left out.</summary>
    public required JsonElement Policy { get; init; }

    public required DateTimeOffset PolicyUpdated { get; init; }

    /// <summary>The operation under way, or the one that ended last; null: none, or it was deleted.</summary>
    public PendingOperation? Pending { get; init; }

    /// <summary>As the secret that comes with it.</summary>
    public StoredSecret ToSecret() => new() { Name = Name, Managed = true, Versions = [.. Versions.Select(version => version.ToSecret())] };
}
