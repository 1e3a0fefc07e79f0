using Azure;
using Gateway.Errors;
using Gateway.Requests;
using Gateway.Storage;

namespace Gateway.Tests.Authentication.ApiKeys;

/// <summary>How soon a change is seen, and what goes on while storage is away: over real caches and two instances.</summary>
public sealed class RevocationTests : IDisposable
{
    private readonly KeyWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Key_Revoked_IsRefusedByEveryInstanceWithinFiveSeconds()
    {
        _world.AddConsumer("alice");
        var key = _world.AddKey("alice");
        var (one, other) = (_world.Start(), _world.Start());
        await one.SendAsync(key);
        _world.Storage.Pass(1);
        await other.SendAsync(key);

        _world.Put(key, "alice", change: record => record with { Revoked = _world.Storage.Time.GetUtcNow() });
        _world.Storage.Pass(5);

        Assert.Equal(GatewayError.CredentialsInvalid, (await one.SendAsync(key)).Failure!.Error);
        Assert.Equal(GatewayError.CredentialsInvalid, (await other.SendAsync(key)).Failure!.Error);
    }

    [Fact]
    public async Task Key_WhoseRowIsDeleted_IsRefusedWithinFiveSeconds()
    {
        _world.AddConsumer("alice");
        var key = _world.AddKey("alice");
        var instance = _world.Start();
        Assert.NotNull((await instance.SendAsync(key)).Caller);

        await _world.Tables["keys"].DeleteEntityAsync(key.Id, "key", ETag.All, TestContext.Current.CancellationToken);
        _world.Storage.Pass(5);

        Assert.Equal(GatewayError.CredentialsInvalid, (await instance.SendAsync(key)).Failure!.Error);
    }

    [Fact]
    public async Task Storage_Silent_TheFirstRequestWaitsOnce()
    {
        _world.AddConsumer("alice");
        var key = _world.AddKey("alice");
        var instance = _world.Start();
        await instance.SendAsync(key);
        _world.Tables.IsSilent = true;
        _world.Storage.Pass(60);

        var first = instance.SendAsync(key);
        _world.Storage.Time.Advance(GatewayTables.ReadTimeout);
        while (!first.IsCompleted && _world.Tables.Calls < 4)
        {
            await Task.Yield();
        }

        // Two calls while storage answered; then the key was asked for in vain, and the consumer not at all.
        Assert.Equal(3, _world.Tables.Calls);
        Assert.NotNull((await first).Caller);
    }

    [Fact]
    public async Task Key_RevokedUnderSteadyUse_IsRefusedWithinFiveSeconds()
    {
        _world.AddConsumer("alice");
        var key = _world.AddKey("alice");
        var instance = _world.Start();
        await instance.SendAsync(key);
        _world.Put(key, "alice", change: record => record with { Revoked = _world.Storage.Time.GetUtcNow() });

        // Every use within the time keeps the entry in use; none may keep it fresh.
        for (var tenth = 0; tenth < 50; tenth++)
        {
            _world.Storage.Pass(0.1);
            await instance.SendAsync(key);
        }

        Assert.Equal(GatewayError.CredentialsInvalid, (await instance.SendAsync(key)).Failure!.Error);
    }

    [Fact]
    public async Task Consumer_SuspendedAndResumed_IsSeenWithinFiveSeconds()
    {
        _world.AddConsumer("alice");
        var key = _world.AddKey("alice");
        var instance = _world.Start();
        await instance.SendAsync(key);

        _world.AddConsumer("alice", suspended: true);
        _world.Storage.Pass(5);
        var suspended = await instance.SendAsync(key);
        _world.AddConsumer("alice");
        _world.Storage.Pass(5);
        var resumed = await instance.SendAsync(key);

        Assert.Equal(GatewayError.Forbidden, suspended.Failure!.Error);
        Assert.NotNull(resumed.Caller);
    }

    [Fact]
    public async Task Storage_Away_KnownKeysGoOnForStaleForThen503ThenBack()
    {
        _world.AddConsumer("alice");
        var key = _world.AddKey("alice");
        var instance = _world.Start();
        await instance.SendAsync(key);
        _world.Tables.IsAway = true;

        _world.Storage.Pass(60);
        var known = await instance.SendAsync(key);
        var unknown = await instance.SendAsync(_world.AddKey("alice"));
        _world.Storage.Pass(240);
        var tooOld = await instance.SendAsync(key);
        _world.Tables.IsAway = false;
        _world.Storage.Pass(1);
        var back = await instance.SendAsync(key);

        Assert.Equal(CallerKind.ApiKey, known.Caller!.Kind);
        Assert.Equal(GatewayError.CredentialStoreUnavailable, unknown.Failure!.Error);
        Assert.Equal(GatewayError.CredentialStoreUnavailable, tooOld.Failure!.Error);
        Assert.NotNull(back.Caller);
        Assert.Equal(2, _world.Storage.Log.Collector.Count);
    }

    [Fact]
    public async Task Storage_AwayAndStaleForZero_Is503WhenNotFresh()
    {
        _world.AddConsumer("alice");
        var key = _world.AddKey("alice");
        var instance = _world.Start() with { Config = new() { StaleFor = TimeSpan.Zero } };
        await instance.SendAsync(key);
        _world.Tables.IsAway = true;

        var fresh = await instance.SendAsync(key);
        _world.Storage.Pass(3);
        var old = await instance.SendAsync(key);

        Assert.NotNull(fresh.Caller);
        Assert.Equal(GatewayError.CredentialStoreUnavailable, old.Failure!.Error);
    }

    [Fact]
    public async Task Storage_Away_RevokedAndExpiredKeysStayRefused()
    {
        _world.AddConsumer("alice");
        var now = _world.Storage.Time.GetUtcNow();
        var revoked = _world.AddKey("alice", change: record => record with { Revoked = now });
        var ending = _world.AddKey("alice", change: record => record with { Expires = now.AddSeconds(30) });
        var instance = _world.Start();
        await instance.SendAsync(revoked);
        await instance.SendAsync(ending);
        _world.Tables.IsAway = true;
        _world.Storage.Pass(60);

        Assert.Equal(GatewayError.CredentialsInvalid, (await instance.SendAsync(revoked)).Failure!.Error);
        Assert.Equal(GatewayError.CredentialsInvalid, (await instance.SendAsync(ending)).Failure!.Error);
    }
}
