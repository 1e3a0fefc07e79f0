using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using LocalHost.Issuer;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace LocalHost.Tests.Issuer;

public sealed class TokenIssuerTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly RSA _rsa = RSA.Create(2048);

    [Fact]
    public async Task Issue_IsSignedAndSaysWhatWasAskedFor()
    {
        var key = new RsaSecurityKey(_rsa) { KeyId = "k1" };
        var issuer = new TokenIssuer(key, new FakeTimeProvider(Now));
        var claims = new Dictionary<string, object> { ["tier"] = JsonSerializer.SerializeToElement(2), ["realm"] = JsonSerializer.SerializeToElement(new { roles = new[] { "editor" } }) };

        var token = issuer.Issue(new("http://localhost:7090/"), new() { Subject = "ada", Scopes = "a b", Audience = "else", Lifetime = TimeSpan.FromMinutes(5), Claims = claims });

        var read = new JsonWebToken(token);
        Assert.Equal(("at+jwt", "RS256", "k1"), (read.Typ, read.Alg, read.Kid));
        Assert.Equal(("http://localhost:7090", "ada", "a b"), (read.Issuer, read.Subject, read.GetClaim("scope").Value));
        Assert.Equal("else", Assert.Single(read.Audiences));
        Assert.Equal(Now.AddMinutes(5).UtcDateTime, read.ValidTo);
        var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(read.EncodedPayload)).RootElement;
        Assert.Equal(2, payload.GetProperty("tier").GetInt32());
        Assert.Equal("editor", payload.GetProperty("realm").GetProperty("roles")[0].GetString());
        var checkedToken = await new JsonWebTokenHandler().ValidateTokenAsync(token, new() { IssuerSigningKey = key, ValidIssuer = read.Issuer, ValidAudience = "else", ValidateLifetime = false });
        Assert.True(checkedToken.IsValid);
    }

    [Fact]
    public void Issue_WithATimeBehind_HasExpiredAlready()
    {
        var issuer = new TokenIssuer(new(_rsa) { KeyId = "k1" }, new FakeTimeProvider(Now));

        var read = new JsonWebToken(issuer.Issue(new("http://localhost:7090"), new() { Lifetime = TimeSpan.FromMinutes(-5) }));

        Assert.Equal(Now.AddMinutes(-5).UtcDateTime, read.ValidTo);
    }

    [Theory]
    [InlineData("36500d")]
    [InlineData("-36500d")]
    public void Issue_AsFarAwayAsMayBe_IsAToken(string expires)
    {
        var issuer = new TokenIssuer(new(_rsa) { KeyId = "k1" }, new FakeTimeProvider(Now));

        Assert.NotEmpty(issuer.Issue(new("http://localhost:7090"), new() { Lifetime = TokenRequest.Duration(expires) }));
    }

    public void Dispose() => _rsa.Dispose();
}
