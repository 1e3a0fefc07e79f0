using LocalHost.Storage;
using LocalHost.Vault;
using LocalHost.Vault.Access;
using Mesh.Local;

namespace LocalHost.Members;

/// <summary>The files by which backends that the user starts join the mesh: one of each, readable by its owner only.</summary>
internal sealed class MemberFiles(LocalFolder local)
{
    public const string Folder = "mesh";

    private const string Extension = ".json";

    private readonly LocalFolder _folder = local.Subfolder(Folder);

    /// <summary>Removes those of the run before: what they say may be another's by now.</summary>
    public void Clear()
    {
        foreach (var file in Directory.EnumerateFiles(_folder.FullPath, "*" + Extension))
        {
            File.Delete(file);
        }
    }

    /// <summary>Writes one, and says where it is.</summary>
    public string Write(string service, string trustDomain, LocalVaultAccess access, LocalTables tables, MeshTimes times)
    {
        var membership = new LocalMembership
        {
            Service = service,
            TrustDomain = trustDomain,
            Vault = access.AddressOf(service),
            VaultCertificate = LoopbackCertificate.PemOf(local),
            Token = new VaultTokens(local).TokenFor(service),
            Tables = tables.ConnectionString,
            ConnectionAge = times.ConnectionAge,
        };
        _folder.WritePrivate(service + Extension, membership.ToText());
        return _folder[service + Extension];
    }
}
