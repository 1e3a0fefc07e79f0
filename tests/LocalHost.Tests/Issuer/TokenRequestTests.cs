using System.Text;
using LocalHost.Issuer;
using Microsoft.AspNetCore.Http;

namespace LocalHost.Tests.Issuer;

public sealed class TokenRequestTests
{
    [Theory]
    [InlineData("application/x-www-form-urlencoded", "subject=ada&scopes=orders.read+orders.write&audience=else&expires=15m&claims=%7B%22tier%22%3A2%7D")]
    [InlineData("application/x-www-form-urlencoded", "grant_type=client_credentials&sub=ada&scope=orders.read+orders.write&aud=else&expires_in=900&claims=%7B%22tier%22%3A2%7D")]
    [InlineData("application/json", """{"subject":"ada","scopes":["orders.read","orders.write"],"audience":"else","expires":900,"claims":{"tier":2}}""")]
    public async Task Read_EveryMember_IsUnderstood(string type, string body)
    {
        var request = await ReadAsync(type, body);

        Assert.Equal("ada", request.Subject);
        Assert.Equal("orders.read orders.write", request.Scopes);
        Assert.Equal("else", request.Audience);
        Assert.Equal(TimeSpan.FromMinutes(15), request.Lifetime);
        Assert.Equal("2", request.Claims["tier"].ToString());
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("application/json", "{}")]
    [InlineData("application/x-www-form-urlencoded", "")]
    public async Task Read_Nothing_IsTheDefaults(string? type, string body)
    {
        var request = await ReadAsync(type, body);

        Assert.Equal("dev", request.Subject);
        Assert.Equal("gateway", request.Audience);
        Assert.Equal(TimeSpan.FromHours(1), request.Lifetime);
    }

    [Theory]
    [InlineData("application/json", """{"subjekt":"ada"}""", "subjekt")]
    [InlineData("application/json", """{"subject":7}""", "subject")]
    [InlineData("application/json", """{"expires":"soon"}""", "soon")]
    [InlineData("application/json", """{"claims":[]}""", "claims")]
    [InlineData("application/json", "{", "JSON")]
    [InlineData("application/x-www-form-urlencoded", "expires=99999999999999999999d", "too far away")]
    [InlineData("application/x-www-form-urlencoded", "expires=999999999d", "at most 36500d")]
    [InlineData("application/json", """{"expires":-3153600001}""", "too far away")]
    public async Task Read_AMistake_IsNamed(string type, string body, string named)
    {
        var mistake = await Assert.ThrowsAsync<FormatException>(() => ReadAsync(type, body));

        Assert.Contains(named, mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("90", 90)]
    [InlineData("90s", 90)]
    [InlineData("15m", 900)]
    [InlineData("8h", 28_800)]
    [InlineData("2d", 172_800)]
    [InlineData("-60", -60)]
    public void Duration_InEachUnit_IsSeconds(string text, long seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), TokenRequest.Duration(text));

    private static Task<TokenRequest> ReadAsync(string? type, string body)
    {
        var context = new DefaultHttpContext();
        context.Request.ContentType = type;
        context.Request.ContentLength = body.Length;
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        return TokenRequest.ReadAsync(context.Request, TestContext.Current.CancellationToken);
    }
}
