using LocalHost.Members;

namespace LocalHost;

/// <summary>The port of everything that listens; 0: any free one.</summary>
internal sealed record LocalPorts
{
    public required int FrontDoor { get; init; }

    public int? Http2 { get; init; }

    public int Management { get; init; } = 7072;

    public int Orders { get; init; } = 7081;

    public int Customers { get; init; } = 7082;

    public int Echo { get; init; } = 7083;

    public int Issuer { get; init; } = 7090;

    /// <summary>Of the control plane's vault; the others follow it.</summary>
    public int Vaults { get; init; } = 7091;

    /// <summary>Blobs, queues and tables.</summary>
    public IReadOnlyList<int> Azurite { get; init; } = [10000, 10001, 10002];

    public static LocalPorts Of(LocalOptions options) => options.FreePorts || options.Join
        ? new() { FrontDoor = options.Port ?? 0, Http2 = options.Http2Port, Management = 0, Orders = 0, Customers = 0, Echo = 0, Issuer = 0, Vaults = 0, Azurite = [0, 0, 0] }
        : new() { FrontDoor = options.Port ?? 7071, Http2 = options.Http2Port };

    /// <summary>Of the vault with this number, the control plane's being 0.</summary>
    public int Vault(int number) => Vaults == 0 ? 0 : Vaults + number;

    /// <summary>Fails when one is taken, before anything is started.</summary>
    public void RequireFree(bool samples)
    {
        IEnumerable<(int, string, string?)> all =
        [
            (FrontDoor, "front door", "--port"),
            (Http2 ?? 0, "front door, HTTP/2", "--http2-port"),
            (Management, "management API", null),
            (Issuer, "token issuer", null),
            .. Enumerable.Range(0, LocalVaults.CountOf(LocalWorkloads.OwnOf(samples).Count)).Select(number => (Vault(number), "vault", (string?)null)),
            .. Azurite.Select(port => (port, "Azurite", (string?)null)),
        ];
        BusyPort.RequireFree(samples ? [.. all, (Orders, "Orders", null), (Customers, "Customers", null), (Echo, "Echo", null)] : all);
    }

    /// <summary>The same for the vaults of workloads that are known only when the configuration has been read.</summary>
    public void RequireFree(LocalWorkloads workloads) => BusyPort.RequireFree(
        workloads.Others.Select((service, index) => (Vault(LocalVaults.CountOf(workloads.Own.Count) + index), $"vault {service}", (string?)null)));
}
