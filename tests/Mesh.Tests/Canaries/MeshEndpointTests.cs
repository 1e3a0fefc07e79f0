using System.Security.Cryptography.X509Certificates;
using Mesh.Calls;
using Mesh.Canaries;
using Mesh.Telemetry;
using Mesh.Tests.Callers;
using Mesh.Verification;
using Microsoft.Extensions.DependencyInjection;
using Records.Trust;
using Tests.Shared;

namespace Mesh.Tests.Canaries;

/// <summary>Canaries against the receiving side as a backend runs it.</summary>
public sealed class MeshEndpointTests : IAsyncLifetime
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly FakeTrust _ours = new();
    private readonly MeshDestination _orders = new() { Service = "orders" };
    private RunningBackend _backend = null!;
    private CanaryCalls _canaries = null!;

    public async ValueTask InitializeAsync()
    {
        _backend = await RunningBackend.StartAsync();
        _ours.View = _backend.Trust.View;
        _ours.Leaf = _backend.Authority.Issue("gateway", _backend.Time.GetUtcNow());
        var dial = new MeshDial(new(_ours, new(new()), _backend.Time), new MeshMetrics(_services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>()));
        _canaries = new(new(_ours, dial, new(), new(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1)), new([]), _backend.Time), dial, _backend.Time);
    }

    public async ValueTask DisposeAsync()
    {
        await _backend.DisposeAsync();
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task Present_ACandidateOfTheMesh_IsGood() => Assert.Equal(CanaryAttempt.Good, await PresentAsync());

    [Fact]
    public async Task Present_ACandidateThatTheServerDoesNotTrust_Fails()
    {
        using var stranger = new MeshAuthority(_backend.Time.GetUtcNow(), "stranger");

        Assert.Equal(CanaryAttempt.Bad("It answered 401."), await PresentAsync(stranger.Issue("gateway", _backend.Time.GetUtcNow())));
    }

    [Fact]
    public async Task WellKnownPath_OfAPlainCaller_IsAProblem()
    {
        using var http = new HttpClient();

        using var answer = await http.GetAsync(new Uri(_backend.Plain, MeshEndpoint.Path), TestContext.Current.CancellationToken);

        Assert.Equal(MeshRefusal.NoCertificate.Describe().Status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task WellKnownPath_OfAPlainCallerWherePermissive_IsAProblemAllTheSame()
    {
        await using var permissive = await RunningBackend.StartAsync(new() { Mode = Mesh.Callers.MeshMode.Permissive, Source = Mesh.Callers.MeshCallerSource.Tls });
        using var http = new HttpClient();

        using var answer = await http.GetAsync(new Uri(permissive.Plain, MeshEndpoint.Path), TestContext.Current.CancellationToken);

        Assert.Equal(401, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Meet_AServerWithoutItsCandidate_IsNotYetAndThenGood()
    {
        var candidate = _backend.Authority.Issue("orders", _backend.Time.GetUtcNow());
        var named = _backend.Authority.VersionOf(candidate, "o2");
        var before = await MeetAsync(named);
        _backend.Trust.Candidate = candidate;

        Assert.Equal((CanaryAttempt.NotYet, CanaryAttempt.Good), (before, await MeetAsync(named)));
    }

    private Task<CanaryAttempt> PresentAsync(X509Certificate2? candidate = null) =>
        _canaries.PresentAsync(_orders, _backend.Secure, _ours.View!, candidate ?? _ours.Leaf!, _ours.Leaf, TestContext.Current.CancellationToken);

    private Task<CanaryAttempt> MeetAsync(LeafVersion candidate) => _canaries.MeetAsync(_orders, _backend.Secure, _ours.Leaf!, candidate, TestContext.Current.CancellationToken);
}
