using Gateway.Authentication;
using Gateway.Authentication.Jwt;
using Gateway.Errors;

namespace Gateway.Tests.Authentication.Jwt;

/// <summary>A token that is remembered is known by its text, with its caller; what may have changed meanwhile is asked each time.</summary>
public sealed class RecalledTokenTests
{
    private readonly TokenWorld _world = new();
    private readonly FakeConsumers _consumers = new();
    private readonly TokenAuthenticator _tokens;
    private readonly string _token;

    public RecalledTokenTests()
    {
        _tokens = new(_world.Verifier, _consumers);
        _token = _world.Token();
    }

    [Fact]
    public async Task Token_SecondTime_IsTheSameCaller()
    {
        var (first, second) = (await SendAsync(), await SendAsync());

        Assert.NotNull(first.Caller);
        Assert.Same(first.Caller, second.Caller);
    }

    [Fact]
    public async Task Token_Remembered_EndsWithExp()
    {
        await SendAsync();
        _world.Time.Advance(TimeSpan.FromSeconds(629));
        Assert.NotNull((await SendAsync()).Caller);
        _world.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(GatewayError.CredentialsInvalid, (await SendAsync()).Failure?.Error);
        Assert.Equal(0, _world.Cache.Count);
    }

    [Fact]
    public async Task Token_Remembered_EndsWhenItsKeyIsWithdrawn()
    {
        await SendAsync();
        _world.Site.Keys = [TestKey.OtherRsa.Public()];
        _world.Time.Advance(IssuerKeys.CoolDown);
        await SendAsync(_world.Token(TokenWorld.Header(key: "unknown"))); // makes the keys be fetched again

        Assert.Equal(GatewayError.CredentialsInvalid, (await SendAsync()).Failure?.Error);
    }

    [Fact]
    public async Task Token_Remembered_CountsForNoOtherIssuer()
    {
        await SendAsync();
        var strict = _world.Registry.Find("entra", TokenWorld.Config with { Audiences = ["other"] });

        Assert.Null(_world.Verifier.Recall(_token, [strict]));
        Assert.NotNull(_world.Verifier.Recall(_token, [strict, _world.Issuer]));
    }

    [Fact]
    public async Task Token_WithTheSameSignatureAndOtherClaims_IsNotTheOneRemembered()
    {
        await SendAsync();
        var claims = _world.Claims();
        claims["sub"] = "root";
        string[] theirs = _world.Token(claims: claims).Split('.'), ours = _token.Split('.');

        Assert.Equal(GatewayError.CredentialsInvalid, (await SendAsync($"{ours[0]}.{theirs[1]}.{ours[2]}")).Failure?.Error);
    }

    [Fact]
    public async Task Consumer_Changed_ChangesTheCaller()
    {
        await SendAsync();

        _consumers.Records["entra:alice"] = new("entra:alice", "gold", new HashSet<string> { "partners" }, Suspended: false);
        var changed = (await SendAsync()).Caller!;
        _consumers.Records["entra:alice"] = new("entra:alice", "gold", new HashSet<string>(), Suspended: true);
        var suspended = await SendAsync();

        Assert.Equal("gold", changed.Plan);
        Assert.Equal(["partners"], changed.Groups);
        Assert.Equal(GatewayError.Forbidden, suspended.Failure?.Error);
    }

    [Fact]
    public async Task ConsumerStore_Away_KeepsNoTokenGood()
    {
        await SendAsync();

        _consumers.IsAway = true;

        Assert.Equal(GatewayError.CredentialStoreUnavailable, (await SendAsync()).Failure?.Error);
    }

    [Fact]
    public async Task DefaultPlan_Changed_ChangesTheCaller() => Assert.Equal(
        ("free", "trial", "free"),
        ((await SendAsync(_token, "free")).Caller?.Plan, (await SendAsync(_token, "trial")).Caller?.Plan, (await SendAsync(_token, "free")).Caller?.Plan));

    private Task<AuthenticationResult> SendAsync(string? token = null) => SendAsync(token ?? _token, "free");

    private async Task<AuthenticationResult> SendAsync(string token, string defaultPlan)
    {
        var config = new GatewayConfig { Version = 1, DefaultPlan = defaultPlan };
        return (await _tokens.AuthenticateAsync(token.AsMemory(), [_world.Issuer], config, TestContext.Current.CancellationToken)).Result;
    }
}
