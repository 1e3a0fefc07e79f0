using Gateway.Errors;
using Gateway.Requests;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Records;

namespace Gateway.Tests.Authentication.ApiKeys;

public sealed class ApiKeyAuthenticatorTests : IDisposable
{
    private const string NotGood = "The key is unknown, revoked or expired.";

    private readonly KeyWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("X-Api-Key", "")]
    [InlineData("Authorization", "ApiKey ")]
    [InlineData("Authorization", "apikey   ")]
    public async Task Key_Good_IsTheCaller(string header, string before)
    {
        _world.AddConsumer("alice", "gold");
        var key = _world.AddKey("alice");

        var result = await _world.Start().SendAsync((header, before + key.Reveal()));

        var caller = result.Caller!;
        Assert.Equal((CallerKind.ApiKey, "alice", "gold", key.Id), (caller.Kind, caller.Consumer, caller.Plan, caller.KeyId));
        Assert.Equal(["orders.read"], caller.Scopes);
        Assert.Equal(["partners"], caller.Groups);
    }

    [Fact]
    public async Task Key_InConfiguredHeader_IsRead()
    {
        _world.AddConsumer("alice");
        var key = _world.AddKey("alice");
        var instance = _world.Start() with { Config = new() { Headers = ["subscription-key"] } };

        Assert.NotNull((await instance.SendAsync(("Subscription-Key", key.Reveal()))).Caller);
        Assert.True((await instance.SendAsync(("X-Api-Key", key.Reveal()))).IsNone);
    }

    [Fact]
    public async Task Consumer_WithoutPlan_HasTheDefaultOne()
    {
        _world.AddConsumer("alice");

        Assert.Equal("free", (await _world.Start().SendAsync(_world.AddKey("alice"))).Caller!.Plan);
    }

    [Theory]
    [InlineData("Authorization", "Bearer abc")]
    [InlineData("Authorization", "ApiKeys abc")]
    [InlineData("Accept", "text/html")]
    public async Task NoKey_IsNone(string header, string value) => Assert.True((await _world.Start().SendAsync((header, value))).IsNone);

    [Fact]
    public async Task Keys_TwoDifferentOnes_AreInvalidEvenIfBothAreGood()
    {
        _world.AddConsumer("alice");
        var (one, other) = (_world.AddKey("alice"), _world.AddKey("alice"));

        var different = await _world.Start().SendAsync(("X-Api-Key", one.Reveal()), ("Authorization", $"ApiKey {other.Reveal()}"));
        var twiceTheSame = await _world.Start().SendAsync(("X-Api-Key", one.Reveal()), ("Authorization", $"ApiKey {one.Reveal()}"));
        var repeated = await _world.Start().SendAsync(("X-Api-Key", one.Reveal()), ("X-Api-Key", other.Reveal()));

        AssertInvalid(different, "The request carries several different API keys. Send one.");
        AssertInvalid(repeated, "The request carries several different API keys. Send one.");
        Assert.NotNull(twiceTheSame.Caller);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("sgw_live_")]
    public async Task Key_OfOtherShape_IsInvalid(string text) =>
        AssertInvalid(await _world.Start().SendAsync(("X-Api-Key", text)), "This is not an API key: keys begin with sgw_live_ or sgw_test_ and are 53 characters long.");

    [Fact]
    public async Task Key_Mistyped_SaysSo()
    {
        var text = _world.AddKey("alice").Reveal();
        var mistyped = text[..^1] + (text[^1] == 'a' ? 'b' : 'a');

        AssertInvalid(await _world.Start().SendAsync(("X-Api-Key", mistyped)), "The key's check digits are wrong: it was mistyped or cut.");
    }

    [Fact]
    public async Task Keys_FloodOfForgedOnes_CostNoStorageCall()
    {
        var instance = _world.Start();
        var foreign = new Pepper(2, [.. Enumerable.Repeat((byte)9, Pepper.MinimumBytes)]);

        for (var forged = 0; forged < 1_000; forged++)
        {
            AssertInvalid(await instance.SendAsync(ApiKeyText.Create(ApiKeyKind.Live, foreign)), NotGood);
        }

        Assert.Equal(0, _world.Tables.Calls);
        Assert.Equal(0, instance.Keys.Count);
    }

    [Fact]
    public async Task Keys_UnknownRevokedExpiredWrongSecretOrphaned_AllSayTheSame()
    {
        _world.AddConsumer("alice");
        var now = _world.Storage.Time.GetUtcNow();
        var known = _world.AddKey("alice");
        var instance = _world.Start();

        AssertInvalid(await instance.SendAsync(ApiKeyText.Create(ApiKeyKind.Live, KeyWorld.NewPepper)), NotGood);
        AssertInvalid(await instance.SendAsync(_world.AddKey("alice", change: key => key with { Revoked = now })), NotGood);
        AssertInvalid(await instance.SendAsync(_world.AddKey("alice", change: key => key with { Expires = now })), NotGood);
        AssertInvalid(await instance.SendAsync(ApiKeyText.Build(known.Kind, known.Id, new string('x', 22), KeyWorld.NewPepper)), NotGood);
        AssertInvalid(await instance.SendAsync(_world.AddKey("bob")), NotGood);
    }

    [Fact]
    public async Task Key_ExpiringWhileCached_EndsAtItsTime()
    {
        _world.AddConsumer("alice");
        var key = _world.AddKey("alice", change: key => key with { Expires = _world.Storage.Time.GetUtcNow().AddSeconds(1) });
        var instance = _world.Start();

        var before = await instance.SendAsync(key);
        _world.Storage.Pass(1);
        var after = await instance.SendAsync(key);

        Assert.NotNull(before.Caller);
        AssertInvalid(after, NotGood);
    }

    [Fact]
    public async Task Consumer_Suspended_Is403WithTheRule()
    {
        _world.AddConsumer("alice", suspended: true);

        var failure = (await _world.Start().SendAsync(_world.AddKey("alice"))).Failure!;

        Assert.Equal(GatewayError.Forbidden, failure.Error);
        Assert.Equal(new("rule", "consumer-suspended"), Assert.Single(failure.Members));
    }

    [Fact]
    public async Task Storage_AwayAndKeyUnknown_Is503WithRetryAfter()
    {
        _world.Tables.IsAway = true;

        var failure = (await _world.Start().SendAsync(_world.AddKey("alice"))).Failure!;

        Assert.Equal(GatewayError.CredentialStoreUnavailable, failure.Error);
        Assert.Equal("Retry-After", Assert.Single(failure.Headers).Key);
    }

    [Fact]
    public async Task Peppers_NeverRead_Is503AndNever401()
    {
        _world.AddConsumer("alice");

        var failure = (await _world.Start(source: new NoPeppers()).SendAsync(_world.AddKey("alice"))).Failure!;

        Assert.Equal(GatewayError.CredentialStoreUnavailable, failure.Error);
        Assert.Equal("Retry-After", Assert.Single(failure.Headers).Key);
    }

    [Fact]
    public async Task Peppers_BothLive_OldKeysWorkUntilTheOldOneIsDropped()
    {
        _world.AddConsumer("alice");
        var old = _world.AddKey("alice", KeyWorld.OldPepper);
        var recent = _world.AddKey("alice", KeyWorld.NewPepper);

        var both = _world.Start(new(KeyWorld.NewPepper, KeyWorld.OldPepper));
        var dropped = _world.Start(new(KeyWorld.NewPepper));

        Assert.NotNull((await both.SendAsync(old)).Caller);
        Assert.NotNull((await both.SendAsync(recent)).Caller);
        Assert.NotNull((await dropped.SendAsync(recent)).Caller);
        AssertInvalid(await dropped.SendAsync(old), NotGood);
    }

    [Fact]
    public async Task Refusals_AreCountedByReason()
    {
        using var refused = new MetricCollector<long>(_world.Storage.Meters, "ServerlessGateway", "gateway.api_keys.refused");
        var instance = _world.Start();

        await instance.SendAsync(("X-Api-Key", "hello"));
        await instance.SendAsync(ApiKeyText.Create(ApiKeyKind.Live, KeyWorld.NewPepper));

        Assert.Equal(["shape", "unknown"], refused.GetMeasurementSnapshot().Select(refusal => refusal.Tags["reason"]));
    }

    private static void AssertInvalid(Gateway.Authentication.AuthenticationResult result, string detail)
    {
        Assert.Null(result.Caller);
        Assert.Equal((GatewayError.CredentialsInvalid, detail), (result.Failure!.Error, result.Failure.Detail));
    }

    // A vault that answers late, and with nothing.
    private sealed class NoPeppers : IPepperSource
    {
        public async ValueTask<Peppers?> GetAsync(CancellationToken cancellation)
        {
            await Task.Yield();
            return null;
        }
    }
}
