using Gateway.Errors;
using Gateway.Requests;
using Gateway.Responding;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Responding;

public sealed class RedirectStageTests
{
    [Theory]
    [InlineData("/items/{query.id}", "?id=7", 301, "/items/7")]
    [InlineData("/items/{query.id}", "?id=../admin?x=1%0d", 302, null)]
    [InlineData("/items/{query.id}", "?id=%2F%2Fevil.example", 302, "/items/%2F%2Fevil.example")]
    [InlineData("/{query.id}", "?id=%2Fevil.example", 302, "/%2Fevil.example")]
    [InlineData("https://shop.example/{query.id}?from={query.from}", "?id=a%20b&from=a%26b", 308, "https://shop.example/a%20b?from=a%26b")]
    [InlineData("/{rest}", "", 302, null)]
    [InlineData("/new/{rest}", "", 302, "/new//evil.example")]
    public async Task Redirect_Values_StayInTheirPlace(string to, string query, int status, string? location)
    {
        var context = await Answer(to, status, query);

        Assert.Equal(location ?? "", context.Response.Headers.Location.ToString());
        Assert.Equal(location is null ? GatewayError.MalformedRequest : null, context.Gateway().Failure?.Error);
        Assert.Equal(location is null ? 200 : status, context.Response.StatusCode);
    }

    [Fact]
    public async Task Redirect_MissingValue_NamesIt()
    {
        var context = await Answer("/items/{query.id}", 302, "");

        Assert.Equal("The query parameter id is missing. Send it.", context.Gateway().Failure?.Detail);
    }

    [Theory]
    [InlineData("https://{query.host}/")]
    [InlineData("{query.next}")]
    public void TryParse_HostFromTheClient_IsRefused(string to) => Assert.False(RedirectStage.TryParse(to, out _, out _));

    [Fact]
    public void Compile_OtherAction_ReturnsNextUntouched()
    {
        RequestDelegate next = _ => Task.CompletedTask;

        Assert.Same(next, new RedirectStage().Compile(Route(null), next));
    }

    private static async Task<HttpContext> Answer(string to, int status, string query)
    {
        var context = new DefaultHttpContext();
        context.Features.Set(new GatewayRequest { Id = "1", Query = query, PathValues = new Dictionary<string, string> { ["rest"] = "/evil.example" } });
        await new RedirectStage().Compile(Route(new() { To = to, Status = status }), _ => throw new InvalidOperationException("An action ends the way."))(context);
        return context;
    }

    private static EffectiveRoute Route(RedirectConfig? redirect) =>
        new() { Name = "r", Matches = [], Config = new() { Version = 1 }, Redirect = redirect };
}
