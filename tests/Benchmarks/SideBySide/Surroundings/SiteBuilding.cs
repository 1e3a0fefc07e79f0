using Benchmarks.SideBySide.Load;
using Benchmarks.SideBySide.Peers;
using Benchmarks.SideBySide.Processes;

namespace Benchmarks.SideBySide.Surroundings;

/// <summary>Puts everything up around the proxies, and takes it down in the opposite order.</summary>
internal sealed class SiteBuilding : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> _standing = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("side-by-side-");

    /// <summary>Counts what our front door asks of the tables.</summary>
    public StorageRelay? Relay { get; private set; }

    public async Task<Site> BuildAsync(SideOptions options, CancellationToken cancellation)
    {
        Console.WriteLine("· publishing …");
        await PublishAsync("functions/Container", OursPeer.Folder, cancellation, "-p:Aot=true");
        await PublishAsync("functions/Container", OursPeer.JitFolder, cancellation);
        await PublishAsync("tests/Benchmarks/Peers/Yarp", YarpPeer.Folder, cancellation);
        Console.WriteLine("· starting the mesh and the backend …");
        var backend = Stand(new Backend(Ports.Free(), Ports.Free()));
        var config = Write(OursPeer.ConfigFile, OursPeer.Config(backend.Port, backend.TlsPort));
        var mesh = Stand(await MeshHost.StartAsync(config, this["local"], cancellation));
        var papers = new MeshPapers(this["leaf.pem"], this["roots.pem"]);
        await Waiting.UntilAsync(() => papers.TryWriteAsync(mesh.MembershipOf("bench"), "bench", cancellation), "the mesh has certificates", null, cancellation);
        await backend.StartAsync(_folder.FullName, papers, cancellation);
        Relay = Stand(new StorageRelay(mesh.TablesPort));
        var membership = await File.ReadAllTextAsync(mesh.MembershipOf("gateway"), cancellation);
        Write(OursPeer.MembershipFile, membership.Replace($":{mesh.TablesPort}/", $":{Relay.Port}/", StringComparison.Ordinal));
        return await SupplyAsync(options, backend, mesh, papers, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        while (_standing.TryPop(out var next))
        {
            await next.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private string this[string name] => Path.Combine(_folder.FullName, name);

    private async Task<Site> SupplyAsync(SideOptions options, Backend backend, MeshHost mesh, MeshPapers papers, CancellationToken cancellation)
    {
        Console.WriteLine("· making keys and tokens …");
        var keys = await Consumers.MakeAsync(mesh, cancellation);
        var mint = new TokenMint(mesh.IssuerFile, mesh.Values["ISSUER_URL"]);
        return new()
        {
            Folder = _folder.FullName,
            Backend = backend,
            Mesh = mesh,
            Papers = papers,
            Keys = keys,
            IssuerKey = Write("issuer.pem", mint.PublicKey),
            Headers = new Dictionary<Credential, HeaderFile>
            {
                [Credential.ApiKey] = Fields("keys.txt", keys.Select(static one => $"X-Api-Key: {one.Key}")),
                [Credential.Token] = Fields("tokens.txt", Bearers(mint, TokenMint.Few)),
                [Credential.EveryToken] = Fields("every-token.txt", Bearers(mint, options.Works.Contains(Work.EveryToken) ? TokenMint.EveryToken : 1)),
            },
        };
    }

    private static IEnumerable<string> Bearers(TokenMint mint, int count) => mint.Make(count).Select(static token => $"Authorization: Bearer {token}");

    private HeaderFile Fields(string name, IEnumerable<string> lines) => new(Write(name, string.Concat(lines.Select(static line => $"{line}\n"))));

    private string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    // As functions/Container/Dockerfile does it. No build servers, which would go on beside the rounds.
    private Task<string> PublishAsync(string project, string folder, CancellationToken cancellation, params string[] more) => Child.RunAsync(
        $"dotnet publish {project}",
        new("dotnet", (IReadOnlyList<string>)["publish", Path.Combine(Clone.Root, project), "-c", "Release", "-o", this[folder], "-v", "quiet", "--nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false", .. more]),
        Core.Any,
        cancellation);

    private T Stand<T>(T part)
        where T : IAsyncDisposable
    {
        _standing.Push(part);
        return part;
    }
}
