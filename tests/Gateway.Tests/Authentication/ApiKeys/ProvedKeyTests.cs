using Gateway.Errors;
using Records;

namespace Gateway.Tests.Authentication.ApiKeys;

/// <summary>A key that was proved is known by its text, and never beyond what makes it good.</summary>
public sealed class ProvedKeyTests : IDisposable
{
    private readonly KeyWorld _world = new();
    private readonly ApiKeyText _key;

    public ProvedKeyTests()
    {
        _world.AddConsumer("alice", plan: "gold");
        _key = _world.AddKey("alice");
    }

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Key_SecondTime_IsTheSameCaller()
    {
        var instance = _world.Start();

        var (first, second) = (await instance.SendAsync(_key), await instance.SendAsync(_key));

        Assert.NotNull(first.Caller);
        Assert.Same(first.Caller, second.Caller);
    }

    [Fact]
    public async Task Key_OfTheSameIdWithAnotherSecret_IsRefusedBesideIt()
    {
        var instance = _world.Start();
        await instance.SendAsync(_key);
        var forged = ApiKeyText.Build(_key.Kind, _key.Id, new('A', ApiKeyText.SecretLength), KeyWorld.NewPepper);

        Assert.Equal(GatewayError.CredentialsInvalid, (await instance.SendAsync(forged)).Failure?.Error);
        Assert.NotNull((await instance.SendAsync(_key)).Caller);
    }

    [Fact]
    public async Task Key_CutOrLengthened_IsRefusedBesideIt()
    {
        var instance = _world.Start();
        await instance.SendAsync(_key);

        Assert.NotNull((await instance.SendAsync(("X-Api-Key", _key.Reveal()[..^1]))).Failure);
        Assert.NotNull((await instance.SendAsync(("X-Api-Key", _key.Reveal() + "A"))).Failure);
    }

    [Fact]
    public async Task Key_WhoseRecordHasAnotherSecretNow_IsRefused()
    {
        var instance = _world.Start();
        await instance.SendAsync(_key);

        _world.Put(_key, "alice", change: static record => record with { SecretHash = new byte[32] });
        _world.Storage.Pass(5);

        Assert.Equal(GatewayError.CredentialsInvalid, (await instance.SendAsync(_key)).Failure?.Error);
    }

    [Fact]
    public async Task Key_Expiring_IsRefusedAtThatMoment()
    {
        var key = _world.AddKey("alice", change: record => record with { Expires = _world.Storage.Time.GetUtcNow().AddSeconds(1) });
        var instance = _world.Start();
        Assert.NotNull((await instance.SendAsync(key)).Caller);

        _world.Storage.Pass(1);

        Assert.Equal(GatewayError.CredentialsInvalid, (await instance.SendAsync(key)).Failure?.Error);
    }

    [Fact]
    public async Task Peppers_WithoutTheOneOfTheKey_RefuseItAtOnce()
    {
        var peppers = new ChangedPeppers { Now = new(KeyWorld.NewPepper, KeyWorld.OldPepper) };
        var key = _world.AddKey("alice", KeyWorld.OldPepper);
        var instance = _world.Start(source: peppers);
        Assert.NotNull((await instance.SendAsync(key)).Caller);

        peppers.Now = new(KeyWorld.NewPepper);

        Assert.Equal(GatewayError.CredentialsInvalid, (await instance.SendAsync(key)).Failure?.Error);
    }

    [Fact]
    public async Task Peppers_Away_KeepNoKeyGood()
    {
        var peppers = new ChangedPeppers { Now = new(KeyWorld.NewPepper) };
        var instance = _world.Start(source: peppers);
        await instance.SendAsync(_key);

        peppers.Now = null;

        Assert.Equal(GatewayError.CredentialStoreUnavailable, (await instance.SendAsync(_key)).Failure?.Error);
    }

    [Fact]
    public async Task Consumer_Changed_ChangesTheCallerOfAKeyThatDidNot()
    {
        var instance = _world.Start();
        await instance.SendAsync(_world.AddKey("alice"));
        _world.Storage.Pass(1);
        var before = (await instance.SendAsync(_key)).Caller!;

        // The consumer's record is three seconds old then, and read anew; the key's is two.
        _world.AddConsumer("alice", plan: "silver");
        _world.Storage.Pass(2);

        Assert.Equal(("gold", "silver"), (before.Plan, (await instance.SendAsync(_key)).Caller!.Plan));
    }

    [Fact]
    public async Task DefaultPlan_Changed_ChangesTheCaller()
    {
        _world.AddConsumer("bob");
        var key = _world.AddKey("bob");
        var instance = _world.Start();

        Assert.Equal(
            ("free", "trial", "free"),
            (await PlanAsync(instance, key, "free"), await PlanAsync(instance, key, "trial"), await PlanAsync(instance, key, "free")));
    }

    private static async Task<string?> PlanAsync(KeyWorld.Instance instance, ApiKeyText key, string defaultPlan) =>
        (await (instance with { DefaultPlan = defaultPlan }).SendAsync(key)).Caller?.Plan;

    private sealed class ChangedPeppers : IPepperSource
    {
        public required Peppers? Now { get; set; }

        public ValueTask<Peppers?> GetAsync(CancellationToken cancellation) => new(Now);
    }
}
