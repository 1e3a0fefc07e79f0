using LocalHost.Vault.Access;
using LocalHost.Vault.Certificates;
using LocalHost.Vault.Keys;
using LocalHost.Vault.Objects;
using LocalHost.Vault.Secrets;
using static LocalHost.Vault.Access.VaultVerb;

namespace LocalHost.Vault.Protocol;

/// <summary>Every operation that a local vault knows. Start reading here.</summary>
internal sealed class VaultRoutes(CertificateShelf certificates, SecretShelf secrets, KeyShelf keys)
{
    public IEnumerable<VaultRoute> All =>
    [
        new("POST", "/certificates/{name}/create", VaultKind.Certificates, Create, certificates.Create),
        new("POST", "/certificates/{name}/import", VaultKind.Certificates, Import, certificates.Import),
        new("GET", "/certificates/{name}/pending", VaultKind.Certificates, GetPending, certificates.GetPending),
        new("PATCH", "/certificates/{name}/pending", VaultKind.Certificates, CancelPending, certificates.CancelPending),
        new("DELETE", "/certificates/{name}/pending", VaultKind.Certificates, DeletePending, certificates.DeletePending),
        new("POST", "/certificates/{name}/pending/merge", VaultKind.Certificates, Merge, certificates.Merge),
        new("GET", "/certificates/{name}/policy", VaultKind.Certificates, GetPolicy, certificates.GetPolicy),
        new("PATCH", "/certificates/{name}/policy", VaultKind.Certificates, UpdatePolicy, certificates.UpdatePolicy),
        .. Of(VaultKind.Certificates, certificates),

        new("PUT", "/secrets/{name}", VaultKind.Secrets, Set, secrets.Set),
        .. Of(VaultKind.Secrets, secrets),

        new("POST", "/keys/{name}/create", VaultKind.Keys, Create, keys.Create),
        new("POST", "/keys/{name}/{version}/sign", VaultKind.Keys, Sign, keys.Sign),
        .. Of(VaultKind.Keys, keys),
    ];

    private static IEnumerable<VaultRoute> Of<TObject, TVersion>(VaultKind kind, Shelf<TObject, TVersion> shelf)
        where TObject : StoredObject<TVersion>
        where TVersion : StoredVersion
    {
        var path = kind.ToString().ToLowerInvariant();
        return
        [
            new("GET", $"/{path}", kind, List, shelf.List),
            new("GET", $"/{path}/{{name}}/versions", kind, ListVersions, shelf.ListVersions),
            new("GET", $"/{path}/{{name}}/{{version?}}", kind, Get, shelf.Get),
            new("PATCH", $"/{path}/{{name}}/{{version?}}", kind, Update, shelf.Update),
            new("DELETE", $"/{path}/{{name}}", kind, Delete, shelf.Delete),
            new("GET", $"/deleted{path}", kind, ListDeleted, shelf.ListDeleted),
            new("GET", $"/deleted{path}/{{name}}", kind, GetDeleted, shelf.GetDeleted),
            new("POST", $"/deleted{path}/{{name}}/recover", kind, Recover, shelf.Recover),
            new("DELETE", $"/deleted{path}/{{name}}", kind, Purge, shelf.Purge),
        ];
    }
}
