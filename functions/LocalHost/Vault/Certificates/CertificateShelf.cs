using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using LocalHost.Vault.Access;
using LocalHost.Vault.Objects;
using LocalHost.Vault.Protocol;
using LocalHost.Vault.Secrets;

namespace LocalHost.Vault.Certificates;

/// <summary>Certificates: made here, signed elsewhere and merged, or imported.</summary>
internal sealed class CertificateShelf(LocalFolder folder, TimeProvider time) : Shelf<StoredCertificate, CertificateVersion>(VaultKind.Certificates, folder, time)
{
    public VaultAnswer Create(VaultCall call)
    {
        RequireFree(call.Name);
        var found = WithPolicy(call.Name, call.Body.Child("policy"));
        var terms = CertificateTerms.Of(found.Policy);
        using var key = NextKey(found, terms);
        var pending = PendingOperation.Begin(call.Body, terms, key, Now);
        found = terms.Issuer == CertificateTerms.Self
            ? Completed(found, pending, [CertificateDraft.SelfSigned(terms, key, Now)], key)
            : found with { Pending = pending };
        Keep(found);
        return new(202, PendingText.Show(call, found.Name, found.Pending!));
    }

    public VaultAnswer GetPending(VaultCall call) => VaultAnswer.Ok(PendingText.Show(call, call.Name, RequirePending(call.Name).Pending));

    /// <summary>Those that have a version; includePending: those, too, that are in the making for the first time.</summary>
    public override VaultAnswer List(VaultCall call)
    {
        var withPending = string.Equals(call.Query["includePending"], "true", StringComparison.OrdinalIgnoreCase);
        return VaultPage.Of(
            call,
            "certificates",
            Present.Where(one => one.Latest is not null || withPending),
            one => one.Name,
            one => one.Latest is { } latest ? ShowItem(call, one, latest, $"certificates/{one.Name}") : PendingText.ShowItem(call, one));
    }

    /// <summary>Nobody is asked here, so that a cancellation is effective at once.</summary>
    public VaultAnswer CancelPending(VaultCall call)
    {
        var (found, pending) = RequirePending(call.Name);
        if (call.Body.Flag("cancellation_requested") == true)
        {
            RequireInProgress(pending);
            pending = pending with { Status = PendingStatus.Cancelled };
            Keep(found with { Pending = pending });
        }

        return VaultAnswer.Ok(PendingText.Show(call, call.Name, pending));
    }

    public VaultAnswer DeletePending(VaultCall call)
    {
        var (found, pending) = RequirePending(call.Name);
        Keep(found with { Pending = null });
        return VaultAnswer.Ok(PendingText.Show(call, call.Name, pending));
    }

    public VaultAnswer Merge(VaultCall call)
    {
        var (found, pending) = RequirePending(call.Name);
        RequireInProgress(pending);
        using var key = pending.Shape.Load(pending.Pkcs8);
        var chain = CertificateMerge.Read(call.Body.Texts("x5c"), key);
        var told = pending with { Tags = call.Body.Tags() ?? pending.Tags, Enabled = call.Body.Child("attributes")?.Flag("enabled") ?? pending.Enabled };
        var merged = Completed(found, told, chain, key);
        Keep(merged);
        return new(201, Show(call, merged, merged.Latest!));
    }

    public VaultAnswer Import(VaultCall call)
    {
        RequireFree(call.Name);
        var import = CertificateImport.Read(call.Body.Text("value") ?? throw VaultRefusal.BadParameter("Property value is required."), call.Body.Text("pwd"));
        using var leaf = X509CertificateLoader.LoadCertificate(import.Chain[0]);
        using var key = import.Shape.Load(import.Pkcs8);
        var policy = CertificatePolicyText.Of(leaf, import.Shape, call.Body.Child("policy") ?? []);
        var found = Find(call.Name) ?? new StoredCertificate { Name = call.Name, Policy = policy, PolicyUpdated = Now };
        var version = VersionAttributes.Apply(CertificateVersion.Of(StoredVersion.NewName(), import.Chain, key, CertificateTerms.Of(policy), Now), call.Body);
        found = found with { Policy = policy, PolicyUpdated = Now, Versions = [.. found.Versions, version] };
        Keep(found);
        return VaultAnswer.Ok(Show(call, found, version));
    }

    public VaultAnswer GetPolicy(VaultCall call) => VaultAnswer.Ok(CertificatePolicyText.Show(call, Require(call.Name)));

    public VaultAnswer UpdatePolicy(VaultCall call)
    {
        var found = Require(call.Name);
        found = found with { Policy = CertificatePolicyText.Patched(found.Policy, call.Body), PolicyUpdated = Now };
        Keep(found);
        return VaultAnswer.Ok(CertificatePolicyText.Show(call, found));
    }

    /// <summary>The secret that comes with a certificate; null: there is none, or no version yet.</summary>
    public StoredSecret? SecretOf(string name) => Find(name) is { Latest: not null } found ? found.ToSecret() : null;

    public IEnumerable<StoredSecret> Secrets() => Present.Where(one => one.Latest is not null).Select(one => one.ToSecret());

    protected override JsonObject Show(VaultCall call, StoredCertificate found, CertificateVersion version)
    {
        var shown = ShowItem(call, found, version, IdOf(found, version));
        shown["kid"] = $"{call.Root}/keys/{found.Name}/{version.Version}";
        shown["sid"] = $"{call.Root}/secrets/{found.Name}/{version.Version}";
        shown["cer"] = Convert.ToBase64String(version.Chain[0]);
        shown["contentType"] = version.ContentType;
        shown["policy"] = CertificatePolicyText.Show(call, found);
        if (found.Pending is not null)
        {
            shown["pending"] = new JsonObject { ["id"] = PendingText.IdOf(call, found.Name) };
        }

        return shown;
    }

    protected override JsonObject ShowItem(VaultCall call, StoredCertificate found, CertificateVersion version, string path)
    {
        using var leaf = X509CertificateLoader.LoadCertificate(version.Chain[0]);
        return new()
        {
            ["id"] = $"{call.Root}/{path}",
            ["x5t"] = PendingText.Thumbprint(leaf),
            ["subject"] = leaf.Subject,
            ["attributes"] = VersionAttributes.Of(version),
            ["tags"] = VersionAttributes.TagsOf(version),
        };
    }

    private StoredCertificate WithPolicy(string name, JsonObject? policy)
    {
        if (Find(name) is not { } found)
        {
            return new() { Name = name, Policy = CertificatePolicyText.Of(policy ?? throw VaultRefusal.BadParameter("Property policy is required.")), PolicyUpdated = Now };
        }

        return policy is null ? found : found with { Policy = CertificatePolicyText.Of(policy), PolicyUpdated = Now };
    }

    private static AsymmetricAlgorithm NextKey(StoredCertificate found, CertificateTerms terms) =>
        terms.ReuseKey && found.Latest is { } latest && latest.Shape == terms.Shape ? latest.Shape.Load(latest.Pkcs8) : terms.Shape.Create();

    private StoredCertificate Completed(StoredCertificate found, PendingOperation pending, IReadOnlyList<byte[]> chain, AsymmetricAlgorithm key)
    {
        var version = CertificateVersion.Of(pending.Version, chain, key, CertificateTerms.Of(found.Policy), Now) with { Enabled = pending.Enabled, Tags = pending.Tags };
        return found with { Versions = [.. found.Versions, version], Pending = pending with { Status = PendingStatus.Completed } };
    }

    private void RequireFree(string name)
    {
        RequireUsable(name);
        if (Find(name)?.Pending is { Status: PendingStatus.InProgress })
        {
            throw VaultRefusal.Conflict($"A new key vault certificate can not be created or imported while a pending key vault certificate's status is inProgress: {name}.");
        }
    }

    private (StoredCertificate Found, PendingOperation Pending) RequirePending(string name) => Find(name) is { Pending: { } pending } found
        ? (found, pending)
        : throw VaultRefusal.NotFound("PendingCertificateNotFound", $"Pending certificate not found: {name}");

    private static void RequireInProgress(PendingOperation pending)
    {
        if (pending.Status != PendingStatus.InProgress)
        {
            throw new VaultRefusal(403, "Forbidden", "Pending status must be in progress to allow update.");
        }
    }
}
