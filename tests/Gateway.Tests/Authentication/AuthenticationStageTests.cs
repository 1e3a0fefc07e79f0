using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using Gateway.Authentication;
using Gateway.Authentication.Jwt;
using Gateway.Errors;
using Gateway.Requests;
using Gateway.Tests.Authentication.Jwt;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace Gateway.Tests.Authentication;

/// <summary>Any-of: which credentials count where, which refuse, and what goes on to the service.</summary>
public sealed class AuthenticationStageTests
{
    private const string GoodKey = "good";

    private readonly TokenWorld _world = new();
    private readonly FakeConsumers _consumers = new();
    private readonly IMeterFactory _meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
    private GatewayError? _keyError;

    [Theory]
    // route's any; key; Authorization ("TOKEN" is a good token, "BAD" a bad one); outcome: slug, or who the caller is
    [InlineData("apiKey", null, null, "credentials-missing")]
    [InlineData("apiKey", GoodKey, null, "acme")]
    [InlineData("apiKey", "bad", null, "credentials-invalid")]
    [InlineData("apiKey", null, "Bearer TOKEN", "credentials-invalid")] // good, and not accepted here
    [InlineData("apiKey", null, "Bearer BAD", "credentials-invalid")]
    [InlineData("apiKey", GoodKey, "Bearer TOKEN", "acme")]
    [InlineData("apiKey", GoodKey, "Bearer BAD", "credentials-invalid")]
    [InlineData("apiKey", GoodKey, "Basic dTpw", "acme")] // a foreign scheme is the service's affair
    [InlineData("apiKey", null, "Basic dTpw", "credentials-invalid")]
    [InlineData("entra", null, null, "credentials-missing")]
    [InlineData("entra", null, "Bearer TOKEN", "entra:alice")]
    [InlineData("entra", null, "bEaReR TOKEN", "entra:alice")]
    [InlineData("entra", null, "Bearer   TOKEN", "entra:alice")]
    [InlineData("entra", null, "Bearer BAD", "credentials-invalid")]
    [InlineData("entra", null, "Bearer", "credentials-invalid")]
    [InlineData("entra", null, "Bearer ", "credentials-invalid")]
    [InlineData("entra", null, "TOKEN", "credentials-invalid")]
    [InlineData("entra", null, "", "credentials-invalid")]
    [InlineData("entra", null, "Bearer TOKEN, Bearer TOKEN", "credentials-invalid")]
    [InlineData("entra", GoodKey, null, "credentials-invalid")]
    [InlineData("entra", GoodKey, "Bearer TOKEN", "entra:alice")]
    [InlineData("entra", "bad", "Bearer TOKEN", "credentials-invalid")]
    [InlineData("apiKey entra", GoodKey, "Bearer TOKEN", "acme")]
    [InlineData("entra apiKey", GoodKey, "Bearer TOKEN", "entra:alice")]
    [InlineData("entra apiKey", GoodKey, "Bearer BAD", "credentials-invalid")]
    [InlineData("apiKey entra", null, "ApiKey", "credentials-invalid")]
    [InlineData("apiKey anonymous", null, null, "")]
    [InlineData("apiKey anonymous", "bad", null, "credentials-invalid")]
    [InlineData("apiKey anonymous", null, "Bearer BAD", "credentials-invalid")]
    [InlineData("apiKey anonymous", null, "Bearer TOKEN", "")]
    [InlineData("entra anonymous", GoodKey, null, "")]
    [InlineData("entra anonymous", null, "Bearer", "credentials-invalid")]
    [InlineData("anonymous", null, null, "")]
    [InlineData("anonymous", null, "Bearer BAD", "")] // the service's affair
    [InlineData("anonymous", null, "Bearer", "")]
    [InlineData("anonymous", "bad", null, "credentials-invalid")]
    [InlineData("anonymous", GoodKey, null, "")]
    public async Task Request_WithCredentials_IsWhoTheRouteSays(string any, string? key, string? authorization, string expected)
    {
        var context = Request(key, authorization);

        await RunAsync(context, any.Split(' '));

        Assert.Equal(expected, context.Gateway().Failure is { } failure ? failure.Error.Describe().Slug : context.Gateway().Caller.Consumer ?? "");
    }

    [Theory]
    [InlineData("apiKey", GoodKey, "Basic dTpw", "Basic dTpw")]
    [InlineData("entra", null, "Bearer TOKEN", null)]
    [InlineData("entra apiKey", GoodKey, "Bearer TOKEN", null)]
    [InlineData("apiKey", null, "ApiKey good", null)]
    [InlineData("anonymous", null, "Bearer theirs", "Bearer theirs")]
    [InlineData("anonymous", GoodKey, null, null)]
    [InlineData("anonymous", null, "ApiKey good", null)]
    public async Task Request_ThatGoesOn_CarriesNoCredentialOfOurs(string any, string? key, string? authorization, string? left)
    {
        var context = Request(key, authorization);

        Assert.True(await RunAsync(context, any.Split(' ')));

        Assert.Equal(left, (string?)context.Request.Headers.Authorization);
        Assert.False(context.Request.Headers.ContainsKey("X-Api-Key"));
    }

    [Theory]
    [InlineData("apiKey entra", null, null, new[] { "Bearer realm=\"gateway\"", "ApiKey realm=\"gateway\"" })]
    [InlineData("apiKey", null, null, new[] { "ApiKey realm=\"gateway\"" })]
    [InlineData("entra", null, null, new[] { "Bearer realm=\"gateway\"" })]
    [InlineData("entra", null, "Bearer BAD", new[] { "Bearer realm=\"gateway\", error=\"invalid_token\", error_description=\"The token is malformed or too long.\"" })]
    [InlineData("apiKey entra", "bad", null, new[] { "ApiKey realm=\"gateway\"", "Bearer realm=\"gateway\"" })] // what failed comes first
    [InlineData("apiKey entra", null, "Bearer BAD", new[] { "Bearer realm=\"gateway\", error=\"invalid_token\", error_description=\"The token is malformed or too long.\"", "ApiKey realm=\"gateway\"" })]
    [InlineData("entra", "bad", null, new[] { "Bearer realm=\"gateway\"" })]
    [InlineData("anonymous", "bad", null, new[] { "ApiKey realm=\"gateway\"" })]
    public async Task Refusal_NamesTheAcceptedSchemes(string any, string? key, string? authorization, string[] expected)
    {
        var context = Request(key, authorization);

        await RunAsync(context, any.Split(' '));

        Assert.Equal(expected, context.Gateway().Failure!.Headers.Where(header => header.Key == "WWW-Authenticate").Select(header => header.Value));
    }

    [Theory]
    [InlineData("apiKey entra", null, "Send an API key in X-Api-Key, or a token of entra in Authorization: Bearer.")]
    [InlineData("apiKey", null, "Send an API key in X-Api-Key.")]
    [InlineData("entra", null, "Send a token of entra in Authorization: Bearer.")]
    [InlineData("entra", "Basic dTpw", "This kind of credential is not accepted here. Send a token of entra in Authorization: Bearer.")]
    public async Task Refusal_SaysWhatToSend(string any, string? authorization, string expected)
    {
        var context = Request(null, authorization);

        await RunAsync(context, any.Split(' '));

        Assert.Equal(expected, context.Gateway().Failure!.Detail);
    }

    [Theory]
    [InlineData("apiKey", "sgw_live_canary", "This is an API key, not a token: send it in X-Api-Key, or as Authorization: ApiKey.")]
    [InlineData("apiKey entra", "sgw_test_canary", "This is an API key, not a token: send it in X-Api-Key, or as Authorization: ApiKey.")]
    [InlineData("entra anonymous", "sgw_live_canary", "This is an API key, which is not accepted here. Send a token of entra in Authorization: Bearer.")]
    [InlineData("apiKey", "sgw_canary", "The token is malformed or too long.")]
    public async Task Key_SentAsAToken_IsToldWhereItBelongs(string any, string credential, string expected)
    {
        var context = Request(null, $"Bearer {credential}");

        await RunAsync(context, any.Split(' '));

        var failure = context.Gateway().Failure!;
        Assert.Equal((GatewayError.CredentialsInvalid, expected), (failure.Error, failure.Detail));
        Assert.DoesNotContain(failure.Headers, header => header.Value.Contains("canary", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Token_InTheQuery_IsNotRead()
    {
        var context = Request(null, null);
        context.Request.QueryString = new($"?access_token={_world.Token()}");

        await RunAsync(context, ["entra"]);

        Assert.Equal(GatewayError.CredentialsMissing, context.Gateway().Failure!.Error);
    }

    [Fact]
    public async Task Authorization_SentTwice_IsRefused()
    {
        var context = Request(null, null);
        context.Request.Headers.Authorization = new[] { $"Bearer {_world.Token()}", $"Bearer {_world.Token()}" };

        await RunAsync(context, ["entra"]);

        Assert.Equal(GatewayError.CredentialsInvalid, context.Gateway().Failure!.Error);
    }

    [Fact]
    public async Task Issuer_Away_Is503WithRetryAfter()
    {
        _world.Site.IsDown = true;
        var context = Request(null, "Bearer TOKEN");

        await RunAsync(context, ["entra", "anonymous"]);

        Assert.Equal(GatewayError.IssuerUnavailable, context.Gateway().Failure!.Error);
        Assert.Contains(new("Retry-After", "5"), context.Gateway().Failure!.Headers);
    }

    [Fact]
    public async Task Token_OfAForeignIssuer_CausesNoFetch()
    {
        var claims = _world.Claims();
        claims["iss"] = "https://evil.example";
        var context = Request(null, "Bearer " + _world.Token(claims: claims));

        await RunAsync(context, ["entra"]);

        Assert.Equal(GatewayError.CredentialsInvalid, context.Gateway().Failure!.Error);
        Assert.Empty(_world.Site.Asked);
    }

    [Theory]
    [InlineData("apiKey entra", "credential-store-unavailable")]
    [InlineData("entra", "entra:alice")] // the key counts for nothing here
    [InlineData("anonymous", "")]
    public async Task KeyStore_Away_MattersOnlyWhereKeysCount(string any, string expected)
    {
        _keyError = GatewayError.CredentialStoreUnavailable;
        var context = Request("any", any == "anonymous" ? null : "Bearer TOKEN");

        await RunAsync(context, any.Split(' '));

        Assert.Equal(expected, context.Gateway().Failure is { } failure ? failure.Error.Describe().Slug : context.Gateway().Caller.Consumer ?? "");
    }

    [Fact]
    public async Task Consumer_OfAToken_GetsPlanGroupsAndScopes()
    {
        _consumers.Records["entra:alice"] = new("entra:alice", "gold", new HashSet<string> { "partners" }, false);
        var context = Request(null, "Bearer TOKEN");

        await RunAsync(context, ["entra"]);

        var caller = context.Gateway().Caller;
        Assert.Equal(("gold", "alice", "entra"), (caller.Plan, caller.Subject, caller.Issuer));
        Assert.Equal(["partners"], caller.Groups);
        Assert.Equal(["read", "write"], caller.Scopes.Order());
        Assert.Equal("alice", caller.Claims.GetProperty("sub").GetString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Consumer_WithoutPlan_HasTheDefaultOne(bool hasRecord)
    {
        if (hasRecord)
        {
            _consumers.Records["entra:alice"] = new("entra:alice", null, new HashSet<string>(), false);
        }

        var context = Request(null, "Bearer TOKEN");

        await RunAsync(context, ["entra"]);

        Assert.Equal("free", context.Gateway().Caller.Plan);
        Assert.Equal(["entra:alice"], _consumers.Asked);
    }

    [Fact]
    public async Task Consumer_Suspended_Is403()
    {
        _consumers.Records["entra:alice"] = new("entra:alice", null, new HashSet<string>(), Suspended: true);
        var context = Request(null, "Bearer TOKEN");

        await RunAsync(context, ["entra", "anonymous"]);

        Assert.Equal(GatewayError.Forbidden, context.Gateway().Failure!.Error);
        Assert.Contains(new("rule", "consumer-suspended"), context.Gateway().Failure!.Members);
    }

    [Fact]
    public async Task ConsumerStore_Away_Is503()
    {
        _consumers.IsAway = true;
        var context = Request(null, "Bearer TOKEN");

        await RunAsync(context, ["entra"]);

        Assert.Equal(GatewayError.CredentialStoreUnavailable, context.Gateway().Failure!.Error);
    }

    [Theory]
    [InlineData("azp", null)]
    [InlineData("azp", "")]
    [InlineData("azp", 7)]
    public async Task Consumer_ClaimMissing_IsRefused(string claim, object? value)
    {
        var claims = _world.Claims();
        claims[claim] = value switch { string text => text, int number => number, _ => null };
        var context = Request(null, "Bearer " + _world.Token(claims: claims));

        await RunAsync(context, ["entra"], TokenWorld.Config with { Consumer = claim });

        Assert.Equal(GatewayError.CredentialsInvalid, context.Gateway().Failure!.Error);
    }

    [Fact]
    public async Task Scopes_FromTheClaimsNamed_TextsAndArrays()
    {
        var claims = _world.Claims();
        claims["scp"] = "a  b";
        claims["roles"] = new JsonArray("c", "d");
        var context = Request(null, "Bearer " + _world.Token(claims: claims));

        await RunAsync(context, ["entra"], TokenWorld.Config with { ScopesFrom = ["scp", "roles"] });

        Assert.Equal(["a", "b", "c", "d"], context.Gateway().Caller.Scopes.Order());
    }

    [Fact]
    public async Task Credentials_AreCounted_BySchemeAndOutcome()
    {
        using var counter = new MetricCollector<long>(_meters, "ServerlessGateway", "gateway.auth");

        await RunAsync(Request("bad", null), ["apiKey"]);
        await RunAsync(Request(null, "Bearer TOKEN"), ["entra"]);
        await RunAsync(Request(null, null), ["anonymous"]);

        Assert.Equal(
            ["apiKey credentials-invalid", "bearer accepted", "anonymous accepted"],
            counter.GetMeasurementSnapshot().Select(one => $"{one.Tags["scheme"]} {one.Tags["outcome"]}"));
    }

    private DefaultHttpContext Request(string? key, string? authorization)
    {
        var context = new DefaultHttpContext();
        context.Features.Set(new GatewayRequest { Id = "r1" });
        if (key is not null)
        {
            context.Request.Headers["X-Api-Key"] = key;
        }

        if (authorization is not null)
        {
            context.Request.Headers.Authorization = authorization.Replace("TOKEN", _world.Token(), StringComparison.Ordinal);
        }

        return context;
    }

    // True: the request went on.
    private async Task<bool> RunAsync(DefaultHttpContext context, string[] any, IssuerConfig? issuer = null)
    {
        var wentOn = false;
        var stage = new AuthenticationStage(CheckKey, new(_world.Verifier, _consumers), _world.Registry, new(_meters));
        var config = new GatewayConfig
        {
            Version = 1,
            DefaultPlan = "free",
            Issuers = new Dictionary<string, IssuerConfig> { ["other"] = new() { Authority = "https://other.example", Audiences = ["api"] }, ["entra"] = issuer ?? TokenWorld.Config },
        };
        var route = new EffectiveRoute { Name = "r", Matches = [], Config = config, Auth = new() { Any = any } };
        await stage.Compile(route, _ =>
        {
            wentOn = true;
            return Task.CompletedTask;
        })(context);
        return wentOn;
    }

    private ValueTask<AuthenticationResult> CheckKey(HttpContext context, KeysConfig keys, string? defaultPlan)
    {
        var key = (string?)context.Request.Headers["X-Api-Key"] ?? AuthorizationField.Read(context.Request.Headers) switch
        {
            { Scheme: AuthorizationScheme.ApiKey, Credential: var credential } => credential.ToString(),
            _ => null,
        };
        return new(key is null ? AuthenticationResult.None
            : _keyError is { } error ? AuthenticationResult.Refuse(new(error))
            : key == GoodKey ? AuthenticationResult.Accept(new() { Kind = CallerKind.ApiKey, Consumer = "acme", KeyId = "0123456789" })
            : AuthenticationResult.Refuse(new(GatewayError.CredentialsInvalid)));
    }
}
