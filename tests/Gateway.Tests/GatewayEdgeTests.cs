using System.Net;
using System.Text.Json.Nodes;
using Gateway.Configuration;
using Gateway.Errors;
using Gateway.Requests;
using Gateway.Tests.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests;

/// <summary>The stages at the edge, put together as in the pipeline: what one leaves for the other.</summary>
public sealed class GatewayEdgeTests
{
    private const string App = "https://app.example";

    private static readonly GatewayConfig _config = new()
    {
        Version = 1,
        TrustedProxies = [IPNetwork.Parse("10.0.0.0/8")],
        Defaults = new() { Auth = new() { Any = ["anonymous"] }, Respond = new() { Json = new JsonObject { ["ok"] = true } } },
        Routes = new OrderedDictionary<string, RouteConfig>
        {
            ["item"] = new() { Match = [new() { Methods = ["GET"], Path = "/items/{id}" }] },
            ["page"] = new() { Match = [new() { Methods = ["PUT"], Path = "/page" }], Cors = new() { Origins = [App] }, Addresses = new() { Deny = [IPNetwork.Parse("203.0.113.0/24")] }, Body = new() { Max = new(4) } },
        },
    };

    [Fact]
    public async Task Request_ForARoute_IsAnswered()
    {
        var context = await Run("GET", "/x/../items/%61%2fb?q");

        Assert.Null(context.Gateway().Failure);
        Assert.Equal((200, "item", "a%2Fb"), (context.Response.StatusCode, context.Gateway().Route, context.Gateway().PathValues["id"]));
    }

    [Fact]
    public async Task Request_ThroughATrustedProxy_IsJudgedByTheClientsAddressAndLosesTheHeadersThatSaidSo()
    {
        var context = await Run("PUT", "/page", "10.0.0.1", ("X-Forwarded-For", "203.0.113.9"), ("Origin", App));

        Assert.Equal(GatewayError.AddressNotAllowed, context.Gateway().Failure?.Error);
        Assert.False(context.Request.Headers.ContainsKey("X-Forwarded-For"));
    }

    [Fact]
    public async Task Request_WithAForgedAddress_IsJudgedByItsPeer() =>
        Assert.Null((await Run("PUT", "/page", "198.51.100.7", ("X-Forwarded-For", "203.0.113.9"))).Gateway().Failure);

    [Fact]
    public async Task Preflight_IsAnsweredForTheMethodThatComesNext()
    {
        var context = await Run("OPTIONS", "/page", "198.51.100.7", ("Origin", App), ("Access-Control-Request-Method", "PUT"));

        Assert.Equal((204, App, "PUT"), (context.Response.StatusCode, context.Response.Headers.AccessControlAllowOrigin.ToString(), context.Response.Headers.AccessControlAllowMethods.ToString()));
    }

    [Fact]
    public async Task Request_TooLarge_IsAProblemThatTheOtherOriginMayRead()
    {
        var context = await Run("PUT", "/page", "198.51.100.7", ("Origin", App), ("Content-Length", "5"));

        Assert.Equal((413, App), (context.Response.StatusCode, context.Response.Headers.AccessControlAllowOrigin.ToString()));
    }

    [Theory]
    [InlineData("GET", "/items/..%2fx", 400)]
    [InlineData("GET", "/nothing", 404)]
    [InlineData("DELETE", "/page", 405)]
    [InlineData("OPTIONS", "/page", 204)]
    [InlineData("GET", "/_gateway/ready", 200)]
    [InlineData("GET", "/_gateway/problems/no-route", 200)]
    [InlineData("GET", "/_gateway/problems/nope", 404)]
    public async Task Request_Elsewhere_HasItsStatus(string method, string target, int status) =>
        Assert.Equal(status, (await Run(method, target)).Response.StatusCode);

    private static async Task<HttpContext> Run(string method, string target, string peer = "198.51.100.7", params (string Name, string Value)[] headers)
    {
        await using var services = TestServices.Build();
        services.GetRequiredService<SnapshotSource>().Current = new("abc", _config, GatewayPipeline.Compile(services, _config));
        var (context, response) = StartedResponse.Create();
        context.RequestServices = services;
        context.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        (context.Request.Method, context.Request.Scheme, context.Request.Protocol, context.Request.Path) = (method, "http", "HTTP/1.1", target.Split('?')[0]);
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = target;
        context.Request.Headers.Host = "host.example";
        foreach (var (name, value) in headers)
        {
            context.Request.Headers[name] = value;
        }

        await GatewayPipeline.Build(services)(context);
        await response.StartAsync();
        return context;
    }
}
