using Benchmarks.SideBySide.Processes;

namespace Benchmarks.SideBySide.Surroundings;

/// <summary>The local host: storage, vaults, token issuer and control plane of the mesh that our front door joins. Its own front door serves nobody here.</summary>
internal sealed class MeshHost : IAsyncDisposable
{
    private readonly Child _child;
    private readonly string _folder;

    private MeshHost(Child child, string folder) => (_child, _folder) = (child, folder);

    /// <summary>Addresses and credentials, by the names that dev.env gives them.</summary>
    public IReadOnlyDictionary<string, string> Values { get; private set; } = new Dictionary<string, string>();

    public int TablesPort => int.Parse(Values["AZURITE_PORTS"].Split(',')[2], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The issuer's signing key, as the local host keeps it.</summary>
    public string IssuerFile => Path.Combine(_folder, "issuer.json");

    /// <summary>The file by which a process joins the mesh as this service.</summary>
    public string MembershipOf(string service) => Path.Combine(_folder, "mesh", $"{service}.json");

    public static async Task<MeshHost> StartAsync(string config, string folder, CancellationToken cancellation)
    {
        var child = Child.Start("the local host", new("dotnet", Clone.LocalHost, "--free-ports", "--no-samples", "--config", config, "--local", folder), Core.Rest);
        var host = new MeshHost(child, folder);
        try
        {
            await Waiting.UntilAsync(() => Task.FromResult(child.Said.Contains("\nReady.", StringComparison.Ordinal)), "the local host is ready", child, cancellation);
            host.Values = (await File.ReadAllLinesAsync(Path.Combine(folder, "dev.env"), cancellation))
                .Where(static line => !line.StartsWith('#'))
                .Select(static line => line.Split('=', 2))
                .ToDictionary(static pair => pair[0], static pair => pair[1]);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _child.DisposeAsync();
}
