using System.Text.Json.Nodes;
using LocalHost.Vault.Access;
using LocalHost.Vault.Protocol;

namespace LocalHost.Vault.Objects;

/// <summary>What a vault does with objects of any kind: read, list, change, delete, bring back.</summary>
internal abstract class Shelf<TObject, TVersion>(VaultKind kind, LocalFolder folder, TimeProvider time)
    where TObject : StoredObject<TVersion>
    where TVersion : StoredVersion
{
    private readonly string _path = kind.ToString().ToLowerInvariant();
    private readonly string _noun = kind.ToString()[..^1];
    private readonly ObjectFiles<TObject> _files = new(folder.Subfolder(kind.ToString().ToLowerInvariant()));

    protected DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Everything that is there and not deleted.</summary>
    protected virtual IEnumerable<TObject> Present => _files.All.Where(one => one.Deleted is null);

    public virtual VaultAnswer Get(VaultCall call)
    {
        var (found, version) = RequireVersion(call);
        return VaultAnswer.Ok(Show(call, found, version));
    }

    public virtual VaultAnswer List(VaultCall call) =>
        VaultPage.Of(call, _path, Present.Where(one => one.Latest is not null), one => one.Name, one => ShowItem(call, one, one.Latest!, $"{_path}/{one.Name}"));

    public VaultAnswer ListVersions(VaultCall call)
    {
        // Of a name that nobody uses the real vault lists no versions, rather than refuse.
        var found = Find(call.Name);
        return VaultPage.Of(call, $"{_path}/{call.Name}/versions", found?.Versions ?? [], version => version.Version, version => ShowItem(call, found!, version, IdOf(found!, version)));
    }

    public virtual VaultAnswer Update(VaultCall call)
    {
        var (found, version) = RequireVersion(call);
        var updated = VersionAttributes.Apply(version, call.Body);
        updated = (TVersion)((StoredVersion)updated with { Updated = Now });
        Keep((TObject)((StoredObject<TVersion>)found with { Versions = [.. found.Versions.Select(one => one == version ? updated : one)] }));
        return VaultAnswer.Ok(Show(call, found, updated));
    }

    public virtual VaultAnswer Delete(VaultCall call)
    {
        var deleted = (TObject)((StoredObject<TVersion>)Require(call.Name) with { Deleted = Now });
        Keep(deleted);
        return VaultAnswer.Ok(ShowDeleted(call, deleted));
    }

    public VaultAnswer GetDeleted(VaultCall call) => VaultAnswer.Ok(ShowDeleted(call, RequireDeleted(call.Name)));

    public VaultAnswer ListDeleted(VaultCall call) =>
        VaultPage.Of(call, $"deleted{_path}", _files.All.Where(one => one.Deleted is not null), one => one.Name, one => ShowDeletedItem(call, one));

    public VaultAnswer Recover(VaultCall call)
    {
        var found = (TObject)((StoredObject<TVersion>)RequireDeleted(call.Name) with { Deleted = null });
        Keep(found);
        return VaultAnswer.Ok(found.Latest is { } latest ? Show(call, found, latest) : new());
    }

    public VaultAnswer Purge(VaultCall call)
    {
        _files.Remove(RequireDeleted(call.Name).Name);
        return new(204, null);
    }

    /// <summary>The whole of a version, as a call for it is answered.</summary>
    protected abstract JsonObject Show(VaultCall call, TObject found, TVersion version);

    /// <summary>What a list says of it.</summary>
    protected abstract JsonObject ShowItem(VaultCall call, TObject found, TVersion version, string path);

    protected virtual TObject? Find(string name) => _files.Find(name) is { Deleted: null } found ? found : null;

    protected TObject Require(string name) => Find(name) ?? throw NotFound(name);

    protected (TObject Found, TVersion Version) RequireVersion(VaultCall call)
    {
        var found = Require(call.Name);
        return (found, found[call.Version] ?? throw NotFound(call.Version is null ? call.Name : $"{call.Name}/{call.Version}"));
    }

    /// <summary>Fails where the name belongs to something that was deleted and may come back.</summary>
    protected void RequireUsable(string name)
    {
        if (_files.Find(name) is { Deleted: not null })
        {
            throw VaultRefusal.Conflict(
                $"{_noun} {name} is currently in a deleted but recoverable state, and its name cannot be reused; in this state, the {_noun.ToLowerInvariant()} can only be recovered or purged.",
                "ObjectIsDeletedButRecoverable");
        }
    }

    protected void Keep(TObject value) => _files.Keep(value.Name, value);

    protected string IdOf(TObject found, TVersion version) => $"{_path}/{found.Name}/{version.Version}";

    private JsonObject ShowDeleted(VaultCall call, TObject deleted)
    {
        var shown = deleted.Latest is { } latest ? Show(call, deleted, latest) : [];
        return WithDeletion(call, deleted, shown);
    }

    private JsonObject ShowDeletedItem(VaultCall call, TObject deleted)
    {
        var shown = deleted.Latest is { } latest ? ShowItem(call, deleted, latest, $"{_path}/{deleted.Name}") : new() { ["id"] = $"{call.Root}/{_path}/{deleted.Name}" };
        return WithDeletion(call, deleted, shown);
    }

    private JsonObject WithDeletion(VaultCall call, TObject deleted, JsonObject shown)
    {
        shown["recoveryId"] = $"{call.Root}/deleted{_path}/{deleted.Name}";
        shown["deletedDate"] = deleted.Deleted!.Value.ToUnixTimeSeconds();
        shown["scheduledPurgeDate"] = (deleted.Deleted.Value + VersionAttributes.RecoverableFor).ToUnixTimeSeconds();
        return shown;
    }

    private TObject RequireDeleted(string name) => _files.Find(name) is { Deleted: not null } found ? found : throw NotFound(name);

    private VaultRefusal NotFound(string name)
    {
        var noun = _noun.ToLowerInvariant();
        return VaultRefusal.NotFound(
            $"{_noun}NotFound",
            $"A {noun} with (name/id) {name} was not found in this key vault. If you recently deleted this {noun} you may be able to recover it using the correct recovery command.");
    }
}
