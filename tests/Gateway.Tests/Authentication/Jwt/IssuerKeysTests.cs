using System.Text.Json.Nodes;
using Gateway.Authentication.Jwt;

namespace Gateway.Tests.Authentication.Jwt;

/// <summary>When an issuer's keys are fetched, how often, and what happens when they cannot be.</summary>
public sealed class IssuerKeysTests
{
    private readonly TokenWorld _world = new();

    [Fact]
    public async Task Keys_ManyTokensAtOnce_AreFetchedOnce()
    {
        var gate = new TaskCompletionSource();
        _world.Site.Gate = gate.Task;
        var checks = Enumerable.Range(0, 50).Select(_ => _world.FaultAsync(_world.Token())).ToArray();

        gate.SetResult();

        Assert.All(await Task.WhenAll(checks), fault => Assert.Equal(TokenFault.None, fault));
        Assert.Equal(1, _world.Site.Fetches);
    }

    [Fact]
    public async Task Keys_UnknownKid_AreFetchedAtMostOncePerCoolDown()
    {
        await _world.FaultAsync(_world.Token());
        _world.Site.Keys = [TestKey.Rsa.Public(), TestKey.OtherRsa.Public()];

        for (var time = 0; time < 5; time++)
        {
            Assert.Equal(TokenFault.UnknownKey, await _world.FaultAsync(New())); // still within the cool-down of the first fetch
        }

        Assert.Equal(1, _world.Site.Fetches);
        _world.Time.Advance(IssuerKeys.CoolDown);
        Assert.Equal(TokenFault.None, await _world.FaultAsync(New()));
        for (var time = 0; time < 5; time++)
        {
            Assert.Equal(TokenFault.UnknownKey, await _world.FaultAsync(_world.Token(TokenWorld.Header(key: $"kid-{time}"))));
        }

        Assert.Equal(2, _world.Site.Fetches);
    }

    [Fact]
    public async Task Keys_UnknownKidWhileTheIssuerIsDown_AreUnavailable_AndKnownOnesServe()
    {
        await _world.FaultAsync(_world.Token());
        _world.Site.IsDown = true;
        _world.Time.Advance(IssuerKeys.CoolDown);

        Assert.Equal(TokenFault.IssuerUnavailable, await _world.FaultAsync(New()));
        Assert.Equal(TokenFault.None, await _world.FaultAsync(_world.Token()));
    }

    [Fact]
    public async Task Keys_NeverFetched_AreUnavailable_AndAFloodDoesNotHammer()
    {
        _world.Site.IsDown = true;

        for (var time = 0; time < 20; time++)
        {
            Assert.Equal(TokenFault.IssuerUnavailable, await _world.FaultAsync(_world.Token()));
        }

        Assert.Single(_world.Site.Asked);
        _world.Site.IsDown = false;
        _world.Time.Advance(IssuerKeys.RetryAfter);
        Assert.Equal(TokenFault.None, await _world.FaultAsync(_world.Token()));
    }

    [Fact]
    public async Task Keys_AnHourOld_AreRefreshedInTheBackground_AndServeMeanwhile()
    {
        await _world.FaultAsync(_world.Token());
        var gate = new TaskCompletionSource();
        _world.Site.Gate = gate.Task;
        _world.Site.Keys = [TestKey.OtherRsa.Public()];
        _world.Time.Advance(IssuerKeys.RefreshAfter);

        Assert.Equal(TokenFault.None, await _world.FaultAsync(_world.Token())); // while the fetch hangs
        gate.SetResult();
        var newer = await _world.Issuer.Keys.NewerAsync(TestContext.Current.CancellationToken); // joins the flight

        Assert.Null(newer!.Keys.Find("rsa-1"));
        Assert.Equal(TokenFault.UnknownKey, await _world.FaultAsync(_world.Token()));
    }

    [Fact]
    public async Task Keys_LastGood_ServeWhileFetchingFails_ForADayAndNoLonger()
    {
        await _world.FaultAsync(_world.Token());
        _world.Site.IsDown = true;

        _world.Time.Advance(IssuerKeys.MostAge - TimeSpan.FromSeconds(1));
        Assert.Equal(TokenFault.None, await _world.FaultAsync(_world.Token()));

        await _world.Issuer.Keys.NewerAsync(TestContext.Current.CancellationToken); // lets the background fetch end
        _world.Time.Advance(IssuerKeys.RetryAfter);
        Assert.Equal(TokenFault.IssuerUnavailable, await _world.FaultAsync(_world.Token()));
    }

    [Fact]
    public async Task Keys_FetchTimesOut_AreUnavailable()
    {
        _world.Site.Gate = new TaskCompletionSource().Task;
        var check = _world.FaultAsync(_world.Token());
        await _world.Site.WasAsked;

        _world.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(TokenFault.IssuerUnavailable, await check);
    }

    [Fact]
    public async Task Keys_ClientGoesAway_TheFetchGoesOnForOthers()
    {
        var gate = new TaskCompletionSource();
        _world.Site.Gate = gate.Task;
        using var leaving = new CancellationTokenSource();
        var left = _world.Verifier.VerifyAsync(_world.Token(), [_world.Issuer], leaving.Token).AsTask();
        var stays = _world.FaultAsync(_world.Token());

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        gate.SetResult();

        Assert.Equal(TokenFault.None, await stays);
        Assert.Equal(1, _world.Site.Fetches);
    }

    [Fact]
    public async Task Issuer_AfterReloadWithTheSameSettings_KeepsItsKeys()
    {
        await _world.FaultAsync(_world.Token());

        var same = _world.Registry.Find("entra", TokenWorld.Config with { Audiences = ["api"] });
        var other = _world.Registry.Find("entra", TokenWorld.Config with { Audiences = ["api", "more"] });

        Assert.Same(_world.Issuer, same);
        Assert.NotSame(_world.Issuer, other);
        Assert.Same(_world.Issuer.Keys, other.Keys);
    }

    private string New() => TestKey.OtherRsa.Sign(TokenWorld.Header(key: "rsa-2").ToJsonString(), ((JsonObject)_world.Claims()).ToJsonString(), "RS256");
}
