using System.Security.Cryptography.X509Certificates;
using Mesh.Tests.Calls;
using Mesh.Tests.Membership;
using Microsoft.AspNetCore.Http;
using Records.Trust;
using Tests.Shared;

namespace Mesh.Tests.Canaries;

/// <summary>Candidates tried in real handshakes: the member is the gateway, which calls orders.</summary>
public sealed class CanaryRoundsTests : IAsyncLifetime
{
    private readonly MemberWorld _member = new();
    private readonly X509Certificate2 _orders;
    private readonly LeafVersion _ordersInUse;
    private readonly LeafVersion _inUse;
    private MeshBackend _backend = null!;

    public CanaryRoundsTests()
    {
        (_, _inUse) = _member.Issue("gateway", "g1");
        (_orders, _ordersInUse) = _member.Issue("orders", "o1");
    }

    public async ValueTask InitializeAsync()
    {
        _backend = await MeshBackend.StartAsync(_orders);
        _member.World.Handlers.Create(new() { Service = "orders", Addresses = [_backend.Address] });
    }

    public async ValueTask DisposeAsync()
    {
        await _backend.DisposeAsync();
        _member.Dispose();
    }

    [Fact]
    public async Task OwnCandidate_IsShownToEveryServiceThatWeCallOnce()
    {
        var (leaf, candidate) = _member.Issue("gateway", "g2");
        PublishOwn(1, candidate);

        await _member.RoundAsync();
        await _member.RoundAsync();

        Assert.Equal([leaf.SerialNumber], _backend.Clients);
        Assert.Equal([("gateway", "g2", "gateway", null), ("gateway", "g2", "orders", null)], Reported());
    }

    [Fact]
    public async Task OwnCandidate_ThatTheServiceRefuses_FailsFromTheSecondTimeOn()
    {
        var (leaf, candidate) = _member.Issue("gateway", "g2");
        _backend.WellKnownStatusOf = serial => serial == leaf.SerialNumber ? StatusCodes.Status401Unauthorized : StatusCodes.Status204NoContent;
        PublishOwn(1, candidate);

        await _member.RoundAsync();
        var once = Reported();
        await _member.RoundAsync();

        Assert.DoesNotContain(once, result => result.With == "orders");
        Assert.Equal("It answered 401.", Assert.Single(Reported(), result => result.With == "orders").Failure);
    }

    [Fact]
    public async Task OwnCandidate_AfterAMishap_IsTriedAgainUntilItIsGood()
    {
        var (leaf, candidate) = _member.Issue("gateway", "g2");
        _backend.WellKnownStatusOf = serial => serial == leaf.SerialNumber ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status204NoContent;
        PublishOwn(1, candidate);
        await _member.RoundAsync();
        await _member.RoundAsync();
        var before = Reported();
        _backend.WellKnownStatusOf = _ => StatusCodes.Status204NoContent;

        await _member.RoundAsync();

        Assert.Contains(before, result => result.Failure is not null);
        Assert.All(Reported(), result => Assert.Null(result.Failure));
    }

    // A stopped app, a function app without the path, a backend without trust: no certificate of ours fares better there.
    [Theory]
    [InlineData(StatusCodes.Status403Forbidden)]
    [InlineData(StatusCodes.Status404NotFound)]
    [InlineData(StatusCodes.Status503ServiceUnavailable)]
    public async Task OwnCandidate_WhereTheCertificateInUseFailsToo_IsNotTried(int status)
    {
        _backend.WellKnownStatusOf = _ => status;
        PublishOwn(1, _member.Issue("gateway", "g2").Version);

        await _member.RoundAsync();
        await _member.RoundAsync();

        AssertNotTried("orders", $"It answered {status}.");
    }

    [Fact]
    public async Task OwnCandidate_BeforeAnyCertificateIsInUse_IsNotHeldUpByASickService()
    {
        _backend.WellKnownStatusOf = _ => StatusCodes.Status503ServiceUnavailable;
        _member.Publish(1, new() { Service = "gateway", Candidate = _member.Issue("gateway", "g1").Version }, new() { Service = "orders", InUse = _ordersInUse });

        await _member.RoundAsync();
        await _member.RoundAsync();

        AssertNotTried("orders", "It answered 503.");
    }

    // Whoever waits for a try with every service that is said to be called would wait for ever.
    [Fact]
    public async Task Service_WhoseAddressNobodySaid_IsReportedAsCalledWhenACallTellsIt()
    {
        using var billing = new HttpMessageInvoker(_member.World.Handlers.Create(new() { Service = "billing" }));
        PublishOwn(1, _member.Issue("gateway", "g2").Version);
        await _member.RoundAsync();
        var before = _member.Peers.Report.Calls;
        _member.World.Destinations.Learn(Assert.Single(_member.World.Destinations.All, destination => destination.Service == "billing"), _backend.Address);

        await _member.RoundAsync();

        Assert.Equal(["orders"], before);
        Assert.Equal(["billing", "orders"], _member.Peers.Report.Calls);
    }

    [Fact]
    public async Task OwnCandidate_OfAnUnknownAuthority_FailsByOurOwnRules()
    {
        using var stranger = new MeshAuthority(_member.World.Time.GetUtcNow(), "stranger");
        var leaf = stranger.Issue("gateway", _member.World.Time.GetUtcNow());
        _member.Vault.Put("g2", leaf);
        PublishOwn(1, stranger.VersionOf(leaf, "g2"));

        await _member.RoundAsync();
        await _member.RoundAsync();

        Assert.StartsWith("UntrustedAuthority", Assert.Single(Reported(), result => result.With == "gateway").Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OwnCandidate_ToAServiceThatIsAnotherNow_IsNotTried()
    {
        _backend.Leaf = _member.Issue("billing", "b1").Leaf;
        PublishOwn(1, _member.Issue("gateway", "g2").Version);

        await _member.RoundAsync();
        await _member.RoundAsync();

        AssertNotTried("orders", "did not prove to be orders");
    }

    [Fact]
    public async Task OwnCandidate_ThatCannotBeLoaded_IsNotTried()
    {
        PublishOwn(1, _member.World.Leaf("gateway", "g2").Version);

        await _member.RoundAsync();

        Assert.Empty(Reported());
        Assert.Empty(_backend.Clients);
    }

    [Fact]
    public async Task TheirCandidate_IsAskedForByNameUntilItIsLoaded()
    {
        var (leaf, candidate) = _member.Issue("orders", "o2");
        PublishTheirs(1, candidate);
        await _member.RoundAsync();
        await _member.RoundAsync();
        await _member.RoundAsync();
        var notYet = Reported();
        _backend.Candidate = leaf;

        await _member.RoundAsync();

        Assert.Empty(notYet);
        Assert.Equal([("orders", "o2", "gateway", null)], Reported());
        Assert.All(_backend.Names, name => Assert.Equal("candidate--127.0.0.1", name));
    }

    [Fact]
    public async Task TheirCandidate_OfAnotherService_Fails()
    {
        _backend.Candidate = _member.Issue("billing", "b1").Leaf;
        PublishTheirs(1, _member.Issue("orders", "o2").Version);

        await _member.RoundAsync();
        await _member.RoundAsync();

        Assert.Contains("did not prove to be orders", Assert.Single(Reported()).Failure, StringComparison.Ordinal);
    }

    // An address that is wrong here says nothing of the certificate there.
    [Fact]
    public async Task TheirCandidate_WhereTheServiceIsAnotherAlready_IsNotTried()
    {
        _backend.Leaf = _member.Issue("billing", "b1").Leaf;
        PublishTheirs(1, _member.Issue("orders", "o2").Version);

        await _member.RoundAsync();
        await _member.RoundAsync();

        AssertNotTried("gateway", "did not prove to be orders");
    }

    [Fact]
    public async Task TheirCandidate_OfAServerThatIsGone_IsSaidNotToBeReached()
    {
        PublishTheirs(1, _member.Issue("orders", "o2").Version);
        await _backend.DisposeAsync();

        await _member.RoundAsync();
        await _member.RoundAsync();

        var result = Assert.Single(_member.Peers.Report.Canaries);
        Assert.Equal((false, null), (result.Reached, result.Failure));
    }

    [Fact]
    public async Task Results_OfCandidatesThatAreNoMore_AreForgotten()
    {
        var (_, candidate) = _member.Issue("gateway", "g2");
        PublishOwn(1, candidate);
        await _member.RoundAsync();
        _member.Publish(2, new() { Service = "gateway", InUse = candidate }, new() { Service = "orders", InUse = _ordersInUse });

        await _member.RoundAsync();
        await _member.RoundAsync();

        Assert.Empty(Reported());
    }

    private void AssertNotTried(string with, string failure)
    {
        var result = Assert.Single(_member.Peers.Report.Canaries, result => result.With == with);
        Assert.False(result.Reached);
        Assert.Contains(failure, result.Failure, StringComparison.Ordinal);
    }

    private void PublishOwn(long sequence, LeafVersion candidate) =>
        _member.Publish(sequence, new() { Service = "gateway", InUse = _inUse, Candidate = candidate }, new() { Service = "orders", InUse = _ordersInUse });

    private void PublishTheirs(long sequence, LeafVersion candidate) =>
        _member.Publish(sequence, new() { Service = "gateway", InUse = _inUse }, new() { Service = "orders", InUse = _ordersInUse, Candidate = candidate });

    private List<(string Service, string Version, string With, string? Failure)> Reported() =>
        [.. _member.Peers.Report.Canaries.Select(result => (result.Service, result.Version, result.With, result.Failure))];
}
