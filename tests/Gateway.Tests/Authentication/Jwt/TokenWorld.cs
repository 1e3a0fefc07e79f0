using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using Gateway.Authentication;
using Gateway.Authentication.Jwt;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Authentication.Jwt;

/// <summary>Everything about tokens as the gateway puts it together, with an issuer in memory and a clock that stands still.</summary>
internal sealed class TokenWorld
{
    public static readonly IssuerConfig Config = new() { Authority = TestIssuer.Authority, Audiences = ["api"] };

    public TokenWorld(IssuerConfig? config = null)
    {
        var meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        Metrics = new(meters);
        Registry = new(new(new(Site), Time), Time, Metrics, NullLogger<IssuerRegistry>.Instance);
        Verifier = new(Cache, Time, Metrics);
        Issuer = Registry.Find("entra", config ?? Config);
    }

    public FakeTimeProvider Time { get; } = new(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public TestIssuer Site { get; } = new();

    public TokenCache Cache { get; } = new(100);

    public JwtMetrics Metrics { get; }

    public IssuerRegistry Registry { get; }

    public TokenVerifier Verifier { get; }

    public Issuer Issuer { get; }

    public long Now => Time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>A header of a good token, as an object to spoil.</summary>
    public static JsonObject Header(string algorithm = "RS256", string? key = "rsa-1") => new() { ["alg"] = algorithm, ["kid"] = key, ["typ"] = "at+jwt" };

    /// <summary>A payload of a good token, as an object to spoil.</summary>
    public JsonObject Claims() => new()
    {
        ["iss"] = TestIssuer.Authority, ["aud"] = "api", ["sub"] = "alice", ["exp"] = Now + 600, ["iat"] = Now, ["nbf"] = Now, ["scope"] = "read write",
    };

    public string Token(JsonObject? header = null, JsonObject? claims = null) =>
        TestKey.Rsa.Sign((header ?? Header()).ToJsonString(), (claims ?? Claims()).ToJsonString(), "RS256");

    public async Task<TokenFault> FaultAsync(string token) =>
        (await Verifier.VerifyAsync(token, [Issuer], TestContext.Current.CancellationToken)).Fault;
}
