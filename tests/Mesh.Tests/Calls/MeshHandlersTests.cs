using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Mesh.Calls;
using Mesh.Verification;
using Records.Trust;
using Tests.Shared;

namespace Mesh.Tests.Calls;

public sealed class MeshHandlersTests : IAsyncLifetime
{
    private readonly MeshWorld _world = new();
    private readonly X509Certificate2 _ours;
    private readonly X509Certificate2 _theirs;
    private MeshBackend _backend = null!;
    private HttpMessageInvoker _calls = null!;

    public MeshHandlersTests()
    {
        _ours = Issue("gateway");
        _theirs = Issue("orders");
    }

    public async ValueTask InitializeAsync()
    {
        _backend = await MeshBackend.StartAsync(_theirs);
        _calls = new(_world.Handlers.Create(new() { Service = "orders" }));
    }

    public async ValueTask DisposeAsync()
    {
        _calls.Dispose();
        await _backend.DisposeAsync();
        _world.Dispose();
    }

    [Theory]
    [InlineData(1, "HTTP/1.1")]
    [InlineData(2, "HTTP/2")]
    [InlineData(3, "HTTP/2")]
    public async Task Call_OfTheServiceItself_IsAnsweredAndShowsOurCertificate(int major, string protocol)
    {
        await _world.ActAsync(_ours);

        using var answer = await SendAsync("/", major);

        Assert.Equal(protocol, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal([_ours.SerialNumber], _backend.Clients);
    }

    [Fact]
    public async Task Call_OfAnotherService_IsAnIdentityMismatch()
    {
        _backend.Leaf = Issue("billing");

        await AssertRefusedAsync(MeshRefusal.WrongService, () => _world.ActAsync(_ours));
    }

    [Fact]
    public async Task Call_OfAStrangersService_IsRefused()
    {
        using var stranger = new MeshAuthority(_world.Time.GetUtcNow(), "stranger");
        _backend.Leaf = stranger.Issue("orders", _world.Time.GetUtcNow());

        await AssertRefusedAsync(MeshRefusal.UntrustedAuthority, () => _world.ActAsync(_ours));
    }

    [Fact]
    public async Task Call_OfARevokedServer_IsRefused() =>
        await AssertRefusedAsync(MeshRefusal.Refused, () => _world.ActAsync(_ours, Refusing(_theirs)));

    [Fact]
    public async Task Call_OverPlainHttp_IsNotMade()
    {
        await _world.ActAsync(_ours);
        using var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(_backend.Address) { Scheme = "http" }.Uri);

        await Assert.ThrowsAsync<HttpRequestException>(() => _calls.SendAsync(request, TestContext.Current.CancellationToken));
        Assert.Empty(_backend.Clients);
    }

    [Fact]
    public async Task Call_BeforeTheFirstLook_WaitsForIt()
    {
        var call = SendAsync("/");
        Assert.False(call.IsCompleted);

        await _world.ActAsync(_ours);

        using var answer = await call;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Call_WithoutABundle_IsOurOwnRefusal()
    {
        _world.Ready.Look(isReady: false);

        await AssertUnavailableAsync(MeshLack.Trust);
    }

    [Fact]
    public async Task Call_AfterBeingFrozenPastTheMaximumAge_IsOurOwnRefusal()
    {
        await _world.ActAsync(_ours);
        (await SendAsync("/")).Dispose();

        _world.Time.Advance(TimeSpan.FromMinutes(11));

        await AssertUnavailableAsync(MeshLack.Trust);
        Assert.Single(_backend.Clients);
    }

    [Fact]
    public async Task Call_WithoutOurCertificate_IsOurOwnRefusal()
    {
        await _world.ActAsync(null);

        await AssertUnavailableAsync(MeshLack.Leaf);
    }

    [Fact]
    public async Task Call_WithOurCertificateExpired_IsOurOwnRefusal()
    {
        await _world.ActAsync(_ours);
        (await SendAsync("/")).Dispose();
        _world.Time.Advance(TimeSpan.FromDays(2));
        await _world.FollowAsync();

        await AssertUnavailableAsync(MeshLack.Leaf);
    }

    // The server would refuse it too, and whoever called us would take that for a word about their own credentials.
    [Fact]
    public async Task Call_WithOurCertificateRevoked_IsOurOwnRefusal()
    {
        await _world.ActAsync(_ours);
        (await SendAsync("/")).Dispose();
        await ActAgainAsync(Refusing(_ours));

        await AssertUnavailableAsync(MeshLack.Leaf);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task NewCertificate_IsUsedAtOnceWhileTheOldConnectionEndsItsAnswer(int major)
    {
        var next = Issue("gateway");
        await _world.ActAsync(_ours);
        using var old = await SendAsync("/stream", major);
        await _world.ActAsync(next);

        (await SendAsync("/", major)).Dispose();
        _backend.Say("still ");
        _backend.Say("there");
        _backend.Say(null);

        Assert.Equal("still there", await old.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal([_ours.SerialNumber, next.SerialNumber], _backend.Clients);
    }

    [Fact]
    public async Task OldConnection_PastTheDrainLimit_IsCut()
    {
        await _world.ActAsync(_ours);
        using var old = await SendAsync("/stream");
        await _world.ActAsync(Issue("gateway"));

        _world.Time.Advance(_world.Limits.Drain);
        _backend.Say(null);

        await Assert.ThrowsAnyAsync<Exception>(() => old.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task NewRoots_AreANewGeneration()
    {
        using var next = new MeshAuthority(_world.Time.GetUtcNow(), "next");
        await _world.ActAsync(_ours);
        (await SendAsync("/")).Dispose();
        await _world.ActAsync(_ours, bundle => bundle with { Roots = [_world.Authority.Root, next.Root] });
        (await SendAsync("/")).Dispose();

        Assert.Equal(2, _backend.Names.Count);
    }

    [Fact]
    public async Task NewBundle_OfTheSameCertificateAndRoots_KeepsTheConnection()
    {
        await _world.ActAsync(_ours);
        (await SendAsync("/")).Dispose();
        await ActAgainAsync();
        (await SendAsync("/")).Dispose();

        Assert.Single(_backend.Names);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task RevokedServer_WhileARequestRuns_IsCutAtOnceAndNotCalledAgain(int major)
    {
        await _world.ActAsync(_ours);
        using var running = await SendAsync("/stream", major);
        var reading = running.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        await AssertRefusedAsync(MeshRefusal.Refused, () => ActAgainAsync(Refusing(_theirs)));
        _backend.Say(null);

        await Assert.ThrowsAnyAsync<Exception>(() => reading);
    }

    [Fact]
    public async Task RevokedServer_OnADrainingConnection_IsCutToo()
    {
        await _world.ActAsync(_ours);
        using var running = await SendAsync("/stream");
        var reading = running.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        await _world.ActAsync(Issue("gateway"));

        await ActAgainAsync(Refusing(_theirs));
        _backend.Say(null);

        await Assert.ThrowsAnyAsync<Exception>(() => reading);
    }

    [Fact]
    public async Task Settings_OfTheCaller_AreKeptButForTheConnectionsAge()
    {
        SocketsHttpHandler? made = null;
        using var calls = new HttpMessageInvoker(_world.Handlers.Create(new() { Service = "orders", Configure = handler => (made = handler).MaxConnectionsPerServer = 7 }));
        await _world.ActAsync(_ours);

        using var request = new HttpRequestMessage(HttpMethod.Get, _backend.Address);
        (await calls.SendAsync(request, TestContext.Current.CancellationToken)).Dispose();

        Assert.Equal((7, _world.Limits.ConnectionAge, false), (made!.MaxConnectionsPerServer, made.PooledConnectionLifetime, made.UseProxy));
    }

    [Fact]
    public void Destination_CountsUntilItsHandlerIsDisposed()
    {
        var second = _world.Handlers.Create(new() { Service = "billing" });
        var both = Called();

        second.Dispose();

        Assert.Equal(["orders", "billing"], both);
        Assert.Equal(["orders"], Called());

        List<string> Called() => [.. _world.Destinations.All.Select(destination => destination.Service)];
    }

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("127.0.0.1", false)]
    public async Task PublicTls_ProvesTheHostNameAndShowsOurCertificate(string host, bool isGood)
    {
        _backend.Leaf = _world.Authority.Issue("platform", TimeProvider.System.GetUtcNow(), draft => draft.DnsNames.Add("localhost"));
        await _world.ActAsync(_ours);
        using var calls = new HttpMessageInvoker(_world.Handlers.Create(new() { Service = "orders", Proof = ServerProof.PublicTls, Configure = TrustOurAuthority }));
        using var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(_backend.Address) { Host = host }.Uri);

        var call = calls.SendAsync(request, TestContext.Current.CancellationToken);

        if (isGood)
        {
            (await call).Dispose();
            Assert.Equal([_ours.SerialNumber], _backend.Clients);
        }
        else
        {
            Assert.IsType<AuthenticationException>((await Assert.ThrowsAsync<HttpRequestException>(() => call)).InnerException);
        }
    }

    private void TrustOurAuthority(SocketsHttpHandler handler)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificate(_world.Authority.Certificate.RawData));
        handler.SslOptions.CertificateChainPolicy = policy;
    }

    // Another bundle, and what we present stays the same.
    private async Task ActAgainAsync(Func<TrustBundle, TrustBundle>? change = null)
    {
        _world.Publish(_world.Trust.LastView!.Bundle.Sequence + 1, change);
        await _world.FollowAsync();
        _world.Handlers.Act();
    }

    private async Task AssertRefusedAsync(MeshRefusal refusal, Func<Task> act)
    {
        await act();
        var failures = _world.Collect<long>("mesh.handshake.failures");

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync("/"));

        Assert.Equal(HttpRequestError.SecureConnectionError, failure.HttpRequestError);
        var mismatch = Assert.IsType<MeshIdentityException>(failure.InnerException);
        Assert.Equal(("orders", refusal), (mismatch.Service, mismatch.Refusal));
        Assert.Equal(refusal.Describe().Slug, Assert.Single(failures.GetMeasurementSnapshot()).Tags["reason"]);
    }

    private async Task AssertUnavailableAsync(MeshLack lack) =>
        Assert.Equal(lack, (await Assert.ThrowsAsync<MeshUnavailableException>(() => SendAsync("/"))).Lack);

    private static Func<TrustBundle, TrustBundle> Refusing(X509Certificate2 leaf) =>
        bundle => bundle with { Refused = [new(leaf.SerialNumber, leaf.NotAfter.ToUniversalTime())] };

    private X509Certificate2 Issue(string service) => _world.Authority.Issue(service, _world.Time.GetUtcNow());

    private async Task<HttpResponseMessage> SendAsync(string path, int major = 1)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_backend.Address, path)) { Version = new(major, major == 1 ? 1 : 0), VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        return await _calls.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
