using System.Text.Json.Nodes;
using LocalHost.Vault.Access;
using LocalHost.Vault.Certificates;
using LocalHost.Vault.Objects;
using LocalHost.Vault.Protocol;

namespace LocalHost.Vault.Secrets;

/// <summary>Secrets: those that were set, and those that certificates bring.</summary>
internal sealed class SecretShelf(LocalFolder folder, CertificateShelf certificates, TimeProvider time) : Shelf<StoredSecret, SecretVersion>(VaultKind.Secrets, folder, time)
{
    protected override IEnumerable<StoredSecret> Present => base.Present.Concat(certificates.Secrets());

    public override VaultAnswer Get(VaultCall call)
    {
        var (found, version) = RequireVersion(call);
        return version.Enabled
            ? VaultAnswer.Ok(ShowWithValue(call, found, version))
            : throw VaultRefusal.Forbidden("Operation get is not allowed on a disabled secret.", "SecretDisabled");
    }

    public VaultAnswer Set(VaultCall call)
    {
        RequireUsable(call.Name);
        RequireOwn(call.Name);
        var version = VersionAttributes.Apply(
            new SecretVersion
            {
                Version = StoredVersion.NewName(),
                Created = Now,
                Updated = Now,
                Value = call.Body.Text("value") ?? throw VaultRefusal.BadParameter("Property value is required."),
                ContentType = call.Body.Text("contentType"),
            },
            call.Body);
        var found = Find(call.Name) ?? new StoredSecret { Name = call.Name };
        Keep(found with { Versions = [.. found.Versions, version] });
        return VaultAnswer.Ok(ShowWithValue(call, found, version));
    }

    public override VaultAnswer Update(VaultCall call)
    {
        RequireOwn(call.Name);
        return base.Update(call);
    }

    public override VaultAnswer Delete(VaultCall call)
    {
        RequireOwn(call.Name);
        return base.Delete(call);
    }

    protected override StoredSecret? Find(string name) => base.Find(name) ?? certificates.SecretOf(name);

    protected override JsonObject Show(VaultCall call, StoredSecret found, SecretVersion version)
    {
        var shown = ShowItem(call, found, version, IdOf(found, version));
        if (found.Managed)
        {
            shown["kid"] = $"{call.Root}/keys/{found.Name}/{version.Version}";
        }

        return shown;
    }

    protected override JsonObject ShowItem(VaultCall call, StoredSecret found, SecretVersion version, string path)
    {
        var shown = new JsonObject { ["id"] = $"{call.Root}/{path}", ["attributes"] = VersionAttributes.Of(version), ["tags"] = VersionAttributes.TagsOf(version) };
        if (version.ContentType is not null)
        {
            shown["contentType"] = version.ContentType;
        }

        if (found.Managed)
        {
            shown["managed"] = true;
        }

        return shown;
    }

    // Only get and set answer the value; every other operation shows what is known about it.
    private JsonObject ShowWithValue(VaultCall call, StoredSecret found, SecretVersion version)
    {
        var shown = Show(call, found, version);
        shown["value"] = version.Value;
        return shown;
    }

    private void RequireOwn(string name)
    {
        if (certificates.SecretOf(name) is not null)
        {
            throw VaultRefusal.Forbidden($"Secret {name} is managed by the certificate of the same name.", "SecretManagedByKeyVault");
        }
    }
}
