using LocalHost.Storage;

namespace LocalHost.Members;

/// <summary>Settings of the function apps for this machine, as lines NAME=value: with them they run beside a local host as they do in Azure.</summary>
internal sealed class FunctionApps(LocalEnvironment local, MemberFiles files, LocalMesh mesh, string trustDomain)
{
    private readonly LocalFolder _folder = local.Folder.Subfolder("functions");

    public string ControlPlaneFile => _folder["control-plane.env"];

    private string FrontDoorFile => _folder["front-door.env"];

    /// <summary>Writes what the control plane's app needs, and says where.</summary>
    public string WriteControlPlane(IEnumerable<string> workloads)
    {
        Write(
            ControlPlaneFile,
            [
                ("ControlPlane__Local", mesh.WriteFile(LocalVaults.ControlPlane, files)),
                ("ControlPlane__TrustDomain", trustDomain),
                ("ControlPlane__AuthorityVault", $"{mesh.AddressOf(LocalVaults.ControlPlane)}"),
                ("ControlPlane__SharedVault", $"{mesh.AddressOf(LocalVaults.Shared)}"),
                .. workloads.Select(workload => ($"ControlPlane__Workloads__{workload}", $"{mesh.AddressOf(workload)}")),
            ]);
        return ControlPlaneFile;
    }

    /// <summary>Writes what the front door's app needs, and says where.</summary>
    public string WriteFrontDoor()
    {
        Write(
            FrontDoorFile,
            [
                ("Mesh__Local", mesh.WriteFile(LocalMesh.Gateway, files)),
                ("Gateway__SharedVault", $"{mesh.AddressOf(LocalVaults.Shared)}"),
                .. local.Values.Where(value => value.Key.EndsWith("_URL", StringComparison.Ordinal) || value.Key == "TRUST_DOMAIN").Select(value => (value.Key, value.Value)),
            ]);
        return FrontDoorFile;
    }

    private void Write(string path, IEnumerable<(string Name, string Value)> settings) => _folder.WritePrivate(
        Path.GetFileName(path),
        string.Concat(settings.Prepend(("AzureWebJobsStorage", LocalTables.HostConnection(local.Values["AZURITE_PORTS"]))).Select(setting => $"{setting.Item1}={setting.Item2}\n")));
}
