using ControlPlane;
using ControlPlane.Rotations;
using ControlPlane.Trust;
using ControlPlane.Vault;
using LocalHost.Members;
using Microsoft.Extensions.DependencyInjection;
using Records.Trust;
using Tests.Shared;

namespace LocalHost.Tests.Rotations;

/// <summary>One life of a control plane: everything as a host puts it together, with clients of its own.</summary>
internal sealed class ControlPlaneLife : IAsyncDisposable
{
    public const string TrustDomain = "contoso.internal";

    private readonly ServiceProvider _services;
    private readonly TimeProvider _time;
    private readonly Mortality _mortality;

    public ControlPlaneLife(RotationStores stores, TimeProvider time, RotationOptions options, Mortality mortality)
    {
        (_time, _mortality) = (time, mortality);
        var access = stores.As(LocalVaults.ControlPlane);
        Keys = access.Keys(stores.Vault(LocalVaults.ControlPlane).Address, Mortal);
        Vaults = RotationStores.Services.ToDictionary(service => service, service => new VaultCertificates(access.Certificates(stores.Vault(service).Address, Mortal)));
        var mesh = new MeshControl { Settings = new() { TrustDomain = TrustDomain, Poll = TimeSpan.FromMilliseconds(100), MaxAge = TimeSpan.FromMinutes(5) }, Rotation = options, Authority = Keys, Workloads = Vaults };
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(time)
            .AddSingleton(stores.Tables(transport => new MortalTransport(transport, mortality)))
            .AddControlPlane(new() { ManageKey = new string('k', 32), Mesh = mesh })
            .BuildServiceProvider();
        mortality.Dying = () => _ = Runner.StopAsync();

        void Mortal(Azure.Core.ClientOptions client)
        {
            client.Transport = new MortalTransport(access.Transport, mortality);
            client.Retry.MaxRetries = 0;
        }
    }

    public bool IsDead => _mortality.IsDead;

    public VaultKeys Keys { get; }

    public IReadOnlyDictionary<string, VaultCertificates> Vaults { get; }

    public MeshBeginning Beginning => _services.GetRequiredService<MeshBeginning>();

    public RotationRunner Runner => _services.GetRequiredService<RotationRunner>();

    public RotationJournal Journal => Runner.Journal;

    public Task<TrustBundle> NewestAsync() => _services.GetRequiredService<BundlePublisher>().NewestAsync(RotationStores.Cancellation);

    /// <summary>Begins a rotation and runs it, as far as this life goes.</summary>
    public async Task<RotationOutcome?> RunAsync(string certificate)
    {
        // No two begin at the same instant: the history is in the order of their beginnings.
        (_time as HurryingTime)?.Advance(TimeSpan.FromSeconds(1));
        try
        {
            await Runner.StartAsync(certificate, "asked", RotationStores.Cancellation);
        }
        catch (Exception) when (IsDead)
        {
        }

        return await Runner.ContinueAsync(certificate);
    }

    /// <summary>Takes up what another life has left.</summary>
    public async Task ResumeAsync()
    {
        foreach (var record in await Journal.ListAsync(RotationStores.Cancellation))
        {
            if (record.Finished is null)
            {
                await Runner.ContinueAsync(record.Certificate);
            }
        }
    }

    public async Task<IReadOnlyList<RotationRecord>> HistoryAsync(string certificate) =>
        [.. (await Journal.ListAsync(RotationStores.Cancellation)).Where(record => record.Certificate == certificate)];

    public async ValueTask DisposeAsync()
    {
        await Runner.StopAsync();
        await _services.DisposeAsync();
    }
}
