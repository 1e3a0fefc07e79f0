using System.Text.Json.Nodes;
using Gateway.Authentication.Jwt;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gateway.Tests.Authentication.Jwt;

/// <summary>The real connection to an issuer on loopback, over a socket.</summary>
public sealed class IssuerConnectionTests
{
    [Theory]
    [InlineData(false, FetchOutcome.Fetched)]
    [InlineData(true, FetchOutcome.Unreachable)]
    public async Task Fetch_OverASocket_ReadsTheKeys_AndFollowsNoRedirect(bool redirects, object expected)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var site = builder.Build();
        var moved = 0;
        site.Run(context =>
        {
            var home = $"http://{context.Request.Host}";
            switch (context.Request.Path.Value)
            {
                case "/.well-known/openid-configuration":
                    return context.Response.WriteAsync(new JsonObject { ["issuer"] = home, ["jwks_uri"] = $"{home}/keys" }.ToJsonString());
                case "/keys" when redirects:
                    context.Response.Redirect("/moved");
                    return Task.CompletedTask;
                case "/keys":
                    return context.Response.WriteAsync(new JsonObject { ["keys"] = new JsonArray(TestKey.Rsa.Public()) }.ToJsonString());
                default:
                    moved++;
                    return Task.CompletedTask;
            }
        });
        await site.StartAsync(TestContext.Current.CancellationToken);
        using var http = new HttpMessageInvoker(IssuerConnections.CreateHandler());

        var fetch = await new IssuerClient(http, TimeProvider.System).FetchAsync(site.Urls.First(), isIssuerStated: false);

        Assert.Equal(expected, fetch.Outcome);
        Assert.Equal(redirects, fetch.Document?.Keys.Find("rsa-1") is null);
        Assert.Equal(0, moved);
        await site.StopAsync(TestContext.Current.CancellationToken);
    }
}
