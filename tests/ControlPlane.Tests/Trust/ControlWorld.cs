using Azure.Data.Tables;
using ControlPlane.Certificates;
using ControlPlane.Rotations;
using ControlPlane.Tests.Management;
using ControlPlane.Tests.Rotations;
using ControlPlane.Tests.Vault;
using ControlPlane.Trust;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Records.Trust;
using Tests.Shared;

namespace ControlPlane.Tests.Trust;

/// <summary>The control plane of a mesh as a host puts it together; its tables and keys are in memory, and its rotations begin and go no further.</summary>
internal sealed class ControlWorld : IDisposable
{
    public const string TrustDomain = "contoso.internal";

    private readonly List<ServiceProvider> _started = [];

    public ControlWorld(params string[] services)
    {
        Tables.Time = Time;
        Vault = new(Time);
        Work = new(Time) { Before = _ => new TaskCompletionSource().Task };
        Process = Start(services.Length == 0 ? ["echo", "orders"] : services);
    }

    public HurryingTime Time { get; } = new(new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero));

    public FakeTables Tables { get; } = new();

    public MemoryKeyVault Vault { get; }

    public FakeWork Work { get; }

    public LogLines Log { get; } = new();

    public ControlProcess Process { get; }

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Another control plane on the same tables and keys.</summary>
    public ControlProcess Start(IReadOnlyList<string> services, string trustDomain = TrustDomain, MeshSettings? settings = null)
    {
        var control = new MeshControl
        {
            Settings = settings ?? new() { TrustDomain = trustDomain },
            Authority = Vault.Keys,
            Workloads = services.ToDictionary(service => service, _ => new ControlPlane.Vault.VaultCertificates(null!)),
        };
        var provider = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(Log))
            .AddSingleton<TableServiceClient>(Tables)
            .AddSingleton<TimeProvider>(Time)
            .AddControlPlane(new() { ManageKey = new string('k', 32), Mesh = control })
            .AddSingleton<IRotationWork>(Work)
            .BuildServiceProvider();
        _started.Add(provider);
        return new(provider, services);
    }

    /// <summary>Begins the mesh.</summary>
    public Task BeginAsync() => Process.Beginning.EnsureAsync(Process.Services, Cancellation);

    /// <summary>Puts a certificate in use that was issued now.</summary>
    public async Task<LeafVersion> UseAsync(string service, string serial, TimeSpan? life = null)
    {
        var leaf = await ProposeAsync(service, serial, life);
        await ChangeAsync((bundle, now) => TrustChanges.Activate(bundle, service, leaf.Version, now));
        return leaf;
    }

    public async Task<LeafVersion> ProposeAsync(string service, string serial, TimeSpan? life = null)
    {
        var bundle = await Process.Bundles.NewestAsync(Cancellation);
        var now = Time.GetUtcNow();
        var leaf = new LeafVersion { Version = $"v{serial}", Serial = serial, Authority = bundle.Authority, Issued = now, Expires = now + (life ?? FakeWork.LeafLife) };
        await ChangeAsync((newest, at) => TrustChanges.Propose(newest, service, leaf, at));
        return leaf;
    }

    public Task<TrustBundle> ChangeAsync(Func<TrustBundle, DateTimeOffset, TrustChange> change) => Process.Bundles.ChangeAsync(change, Cancellation);

    public Task<TrustBundle> NewestAsync() => Process.Bundles.NewestAsync(Cancellation);

    public void Dispose()
    {
        _started.ForEach(provider => provider.Dispose());
        Vault.Dispose();
        Work.Dispose();
    }
}

/// <summary>What a test needs of one control plane.</summary>
internal sealed record ControlProcess(IServiceProvider Provider, IReadOnlyList<string> Services)
{
    public BundlePublisher Bundles => Provider.GetRequiredService<BundlePublisher>();

    public MeshBeginning Beginning => Provider.GetRequiredService<MeshBeginning>();

    public RotationRunner Runner => Provider.GetRequiredService<RotationRunner>();

    public ICertificateDesk Desk => Provider.GetRequiredService<ICertificateDesk>();

    public RotationSchedule Schedule => Provider.GetRequiredService<RotationSchedule>();

    public RotationScheduler Scheduler => Provider.GetServices<IHostedService>().OfType<RotationScheduler>().Single();
}
