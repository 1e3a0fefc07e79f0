using System.Diagnostics.Metrics;
using System.Security.Cryptography.X509Certificates;
using Mesh.Calls;
using Mesh.Health;
using Mesh.Tests.Trust;
using Mesh.Trust;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Records.Trust;
using Tests.Shared;

namespace Mesh.Tests;

/// <summary>An authority, bundles that it signs, and a clock.</summary>
internal sealed class MeshWorld : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public MeshWorld()
    {
        Authority = new(Time.GetUtcNow());
        Meters = _services.GetRequiredService<IMeterFactory>();
        Trust = new(Time, Time);
        Status = new(Trust, Time);
        Metrics = new(Meters, "gateway", Status, Time);
        Ready = new();
        Dial = new(new(Trust, new(new()), Time), new(Meters));
        Handlers = new(Trust, Dial, Ready, Limits, Destinations, Time);
        Follower = new(Bundles, new(MeshAuthority.TrustDomain), Time, Metrics, Status, FollowerLog);
    }

    public FakeTimeProvider Time { get; } = new(new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));

    public MeshAuthority Authority { get; }

    public MemoryBundles Bundles { get; } = new();

    public IMeterFactory Meters { get; }

    public TrustMetrics Metrics { get; }

    public FollowedTrust Trust { get; }

    public MeshStatus Status { get; }

    public BundleFollower Follower { get; }

    public MeshReady Ready { get; }

    public MeshDial Dial { get; }

    public MeshCallLimits Limits { get; } = new(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(2));

    public MeshDestinations Destinations { get; } = new([]);

    public MeshHandlers Handlers { get; }

    public FakeLogger<BundleFollower> FollowerLog { get; } = new();

    public MetricCollector<T> Collect<T>(string instrument)
        where T : struct => new(Meters, "ServerlessGateway", instrument);

    /// <summary>A bundle with our authority alone.</summary>
    public TrustBundle Bundle(long sequence, Func<TrustBundle, TrustBundle>? change = null)
    {
        var bundle = new TrustBundle
        {
            TrustDomain = MeshAuthority.TrustDomain,
            Sequence = sequence,
            Issued = Time.GetUtcNow(),
            Poll = TimeSpan.FromSeconds(15),
            MaxAge = TimeSpan.FromMinutes(10),
            Roots = [Authority.Root],
            Authority = Authority.Root.Id,
        };
        return change?.Invoke(bundle) ?? bundle;
    }

    /// <summary>The bundle as its row, signed by our authority or another.</summary>
    public BundleRow Row(TrustBundle bundle, MeshAuthority? signer = null)
    {
        signer ??= Authority;
        var document = TrustBundleFormat.Write(bundle);
        return new()
        {
            Sequence = bundle.Sequence,
            Document = document,
            Signer = signer.Root.Id,
            Signature = DocumentSignature.Sign(signer.Certificate, TrustBundleFormat.SignedBytes(document)),
        };
    }

    /// <summary>Publishes a good bundle.</summary>
    public TrustBundle Publish(long sequence, Func<TrustBundle, TrustBundle>? change = null)
    {
        var bundle = Bundle(sequence, change);
        Bundles.Put(Row(bundle));
        return bundle;
    }

    /// <summary>A leaf of a service and what a bundle says of it.</summary>
    public (X509Certificate2 Leaf, LeafVersion Version) Leaf(string service, string version)
    {
        var leaf = Authority.Issue(service, Time.GetUtcNow());
        return (leaf, Authority.VersionOf(leaf, version));
    }

    /// <summary>One look for newer bundles, acted on.</summary>
    public async Task<Followed> FollowAsync()
    {
        var followed = await Follower.FollowAsync(Trust.LastView, TestContext.Current.CancellationToken);
        Trust.Act(followed);
        return followed;
    }

    /// <summary>Acts on a new bundle with this certificate, as a process does that is up and running.</summary>
    public async Task ActAsync(X509Certificate2? leaf, Func<TrustBundle, TrustBundle>? change = null)
    {
        Publish((Trust.LastView?.Bundle.Sequence ?? 0) + 1, change);
        await FollowAsync();
        Trust.Present(leaf is null ? null : new("v", leaf), null);
        Handlers.Act();
        Ready.Look(isReady: true);
    }

    public void Pass(double seconds) => Time.Advance(TimeSpan.FromSeconds(seconds));

    public void Dispose()
    {
        Authority.Dispose();
        _services.Dispose();
    }
}
