using System.Globalization;
using LocalHost.Members;
using LocalHost.Storage;

namespace LocalHost;

/// <summary>One more front door: on the storage, services and credentials of the local host that runs in this folder, whose files it only reads.</summary>
internal sealed class JoinedSystem(LocalOptions options, LocalEnvironment local) : ILocalSystem
{
    private readonly LocalFrontDoor _door = new(options, local);

    private LocalMesh? _mesh;

    public IReadOnlyList<(string Address, string What)> Started { get; private set; } = [];

    // The other has told of them.
    public IReadOnlyList<(string Service, string File)> Awaited => [];

    public int RequestsUnderWay => _door.RequestsUnderWay;

    public string Extent => "this front door only";

    // dev.env is the other's: what differs here stands before the lines that use it.
    public IReadOnlyList<string> Examples() =>
    [
        .. local.Values.Where(value => DevEnvironment.OfFrontDoor.Contains(value.Key)).Select(value => $"{value.Key}={value.Value}"),
        .. _door.Examples(),
    ];

    public async Task StartAsync(CancellationToken cancellation)
    {
        var other = ReadOther();
        foreach (var (name, value) in other.Where(value => !DevEnvironment.OfFrontDoor.Contains(value.Key)))
        {
            local.Values[name] = value;
        }

        _door.RequireGoodConfig();
        var tables = new LocalTables(TablesOf(other["AZURITE_PORTS"]));
        _mesh = new(local, tables, MeshTimes.Of(options.LeafLife), other["TRUST_DOMAIN"]);
        Started = await _door.StartAsync(tables, _mesh, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _door.DisposeAsync();
        _mesh?.Dispose();
    }

    // While the other starts, dev.env is of a run before: its front door is what listens last.
    private IReadOnlyDictionary<string, string> ReadOther()
    {
        var other = DevEnvironment.Read(local.Folder);
        return other.TryGetValue("GATEWAY_URL", out var address) && !BusyPort.IsFree(new Uri(address).Port)
            ? other
            : throw new StartFailure($"The local host in {local.Folder.FullPath} is not ready. Wait until its terminal says Ready, and start this one again.");
    }

    private static Uri TablesOf(string ports) => new($"http://127.0.0.1:{int.Parse(ports.Split(',')[2], CultureInfo.InvariantCulture)}");
}
