using System.Security.Cryptography;
using ControlPlane.Access;
using ControlPlane.Tests.Management;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace ControlPlane.Tests.Access;

public sealed class EntraTokensTests : IDisposable
{
    private const string Tenant = "7f0a1e5c-6a0b-4a55-9f5e-0d7b6f1f5c11";
    private const string Audience = "3c0c8e0a-41c5-4d55-8a54-1b9c8f4d2e22";
    private static readonly DateTimeOffset _now = new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly RSA _rsa = RSA.Create(2048);
    private readonly RSA _other = RSA.Create(2048);
    private readonly FakeTimeProvider _time = new(_now);
    private readonly LogLines _log = new();
    private readonly EntraTokens _tokens;

    public EntraTokensTests()
    {
        var configuration = new OpenIdConnectConfiguration { Issuer = $"https://login.microsoftonline.com/{Tenant}/v2.0" };
        configuration.SigningKeys.Add(new RsaSecurityKey(_rsa) { KeyId = "k1" });
        _tokens = new(
            new() { Tenant = Tenant, Audience = Audience },
            new StaticConfigurationManager<OpenIdConnectConfiguration>(configuration),
            _time,
            new Logger<EntraTokens>(new LoggerFactory([_log])));
    }

    public void Dispose()
    {
        _rsa.Dispose();
        _other.Dispose();
    }

    [Theory]
    [InlineData("Gateway.Manage", true)]
    [InlineData("Gateway.Read", false)]
    public async Task Token_WithARole_MayWhatTheRoleSays(string role, bool mayChange)
    {
        var caller = await IdentifyAsync(Token(roles: [role, "Other"]));

        Assert.Equal(new ManageCaller("entra object-1", mayChange), caller);
    }

    [Theory]
    [InlineData($"https://sts.windows.net/{Tenant}/", $"api://{Audience}")]
    [InlineData($"https://login.microsoftonline.com/{Tenant}/v2.0", Audience)]
    public async Task Token_OfEitherVersion_IsGood(string issuer, string audience) => Assert.NotNull(await IdentifyAsync(Token(issuer, audience)));

    public static TheoryData<string> Bad => ["no role", "other role", "other issuer", "other audience", "other key", "expired", "not yet", "no expiry", "none", "text", "long", "basic", "twice"];

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task Token_ThatIsNotGood_IsNobody(string kind)
    {
        string[] fields = kind switch
        {
            "no role" => [Bearer(Token(roles: []))],
            "other role" => [Bearer(Token(roles: ["gateway.manage"]))],
            "other issuer" => [Bearer(Token("https://login.microsoftonline.com/another/v2.0"))],
            "other audience" => [Bearer(Token(audience: "another"))],
            "other key" => [Bearer(Token(key: _other))],
            "expired" => [Bearer(Token(expires: _now - TimeSpan.FromSeconds(31)))],
            "not yet" => [Bearer(Token(from: _now + TimeSpan.FromSeconds(31)))],
            "no expiry" => [Bearer(Token(hasExpiry: false))],
            "none" => [],
            "text" => [Bearer("nonsense")],
            "long" => [Bearer(Token() + new string('A', 20_000))],
            "basic" => [$"Basic {Token()}"],
            _ => [Bearer(Token()), Bearer(Token())],
        };

        Assert.Null(await IdentifyAsync(fields));
        Assert.DoesNotContain(_log.Lines, line => line.Contains("eyJ", StringComparison.Ordinal));
    }

    private static string Bearer(string token) => $"Bearer {token}";

    private Task<ManageCaller?> IdentifyAsync(string token) => IdentifyAsync([Bearer(token)]);

    private async Task<ManageCaller?> IdentifyAsync(string[] fields)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Authorization = fields;
        return await _tokens.IdentifyAsync(context.Request, TestContext.Current.CancellationToken);
    }

    private string Token(
        string issuer = $"https://login.microsoftonline.com/{Tenant}/v2.0",
        string audience = Audience,
        string[]? roles = null,
        RSA? key = null,
        DateTimeOffset? from = null,
        DateTimeOffset? expires = null,
        bool hasExpiry = true) => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            NotBefore = (from ?? _now).UtcDateTime,
            Expires = hasExpiry ? (expires ?? _now + TimeSpan.FromHours(1)).UtcDateTime : null,
            Claims = new Dictionary<string, object> { ["roles"] = roles ?? ["Gateway.Manage"], ["oid"] = "object-1" },
            SigningCredentials = new(new RsaSecurityKey(key ?? _rsa) { KeyId = "k1" }, SecurityAlgorithms.RsaSha256),
        });
}
