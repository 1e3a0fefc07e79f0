using Gateway.Cors;
using Gateway.Errors;
using Gateway.Requests;
using Gateway.Routing;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Routing;

public class RoutingMiddlewareTests
{
    private static readonly CorsConfig _cors = new() { Origins = ["https://app.example"] };

    [Fact]
    public async Task Invoke_Match_EntersTheRoutesChainWithItsNameTemplateAndValues()
    {
        var (context, entered) = await Run("GET any/orders/a%2Fb/x/y", Routes.Of("other", "GET /orders"), Routes.Of("deep", "GET /orders/{id}/{**rest}"));

        var request = context.Gateway();
        Assert.Equal("deep", entered);
        Assert.Equal(("deep", "/orders/{id}/{**rest}"), (request.Route, request.Template));
        Assert.Equal("a%2Fb", request.PathValues["id"]);
        Assert.Equal("x/y", request.PathValues["rest"]);
        Assert.Null(request.Failure);
    }

    [Theory]
    [InlineData("/echo", "")]
    [InlineData("/echo/", "")]
    [InlineData("/echo/a", "a")]
    [InlineData("/echo/a/", "a/")]
    [InlineData("/echo//", "/")]
    public async Task Invoke_CatchAll_TakesAllThatFollows(string path, string rest)
    {
        var (context, _) = await Run($"GET any{path}", Routes.Of("echo", "ANY /echo/{**path}"));

        Assert.Equal(rest, context.Gateway().PathValues["path"]);
    }

    [Fact]
    public async Task Invoke_UnknownPath_RefusesWithNoRoute()
    {
        var (context, entered) = await Run("GET any/y", Routes.Of("x", "GET /x"));

        Assert.Null(entered);
        Assert.Equal(GatewayError.NoRoute, context.Gateway().Failure?.Error);
    }

    [Fact]
    public async Task Invoke_OtherMethod_RefusesWithAllow()
    {
        var (context, _) = await Run("DELETE any/x", Routes.Of("x", "GET /x"), Routes.Of("y", "POST /x"));

        Assert.Equal(GatewayError.MethodNotAllowed, context.Gateway().Failure?.Error);
        Assert.Equal([new("Allow", "GET, HEAD, OPTIONS, POST")], context.Gateway().Failure!.Headers);
    }

    [Theory]
    [InlineData("OPTIONS any/x", "GET, HEAD, OPTIONS")]
    [InlineData("OPTIONS any/x Origin:https://app.example Access-Control-Request-Method:GET", "GET, HEAD, OPTIONS")]
    public async Task Invoke_OptionsThatNoRouteTakes_AnswersWithAllow(string request, string allow)
    {
        var (context, entered) = await Run(request, Routes.Of("x", "GET /x"));

        Assert.Null(entered);
        Assert.Equal(204, context.Response.StatusCode);
        Assert.Equal(allow, context.Response.Headers.Allow);
        Assert.Null(context.Gateway().Failure);
    }

    [Fact]
    public async Task Invoke_OptionsAsterisk_AnswersInGeneral()
    {
        var (context, entered) = await Run("OPTIONS any/", Routes.Of("root", "ANY /"), path: "*");

        Assert.Null(entered);
        Assert.Equal((204, "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT"), (context.Response.StatusCode, context.Response.Headers.Allow.ToString()));
    }

    [Fact]
    public async Task Invoke_OptionsOfUnknownPath_RefusesWithNoRoute()
    {
        var (context, _) = await Run("OPTIONS any/y", Routes.Of("x", "GET /x"));

        Assert.Equal(GatewayError.NoRoute, context.Gateway().Failure?.Error);
    }

    [Theory]
    [InlineData("PUT", "put", true)]
    [InlineData("GET", "get", true)]
    [InlineData("HEAD", "get", true)]
    [InlineData("DELETE", "any", false)] // the route of DELETE knows no CORS: an ordinary OPTIONS
    public async Task Invoke_Preflight_EntersTheRouteOfTheMethodAskedForIfItKnowsCors(string method, string expected, bool isPreflight)
    {
        var (context, entered) = await Run(
            $"OPTIONS any/x Origin:https://app.example Access-Control-Request-Method:{method}",
            Routes.Of("get", "GET /x") with { Cors = _cors },
            Routes.Of("put", "PUT /x") with { Cors = _cors },
            Routes.Of("any", "ANY /x"));

        Assert.Equal((expected, isPreflight), (entered, context.Gateway().IsPreflight));
    }

    [Theory]
    [InlineData("OPTIONS any/x Access-Control-Request-Method:GET")]
    [InlineData("OPTIONS any/x Origin:https://app.example")]
    public async Task Invoke_OptionsThatIsNoPreflight_IsMatchedAsItself(string request)
    {
        var (context, entered) = await Run(request, Routes.Of("get", "GET /x") with { Cors = _cors }, Routes.Of("options", "OPTIONS /x") with { Cors = _cors });

        Assert.Equal(("options", false), (entered, context.Gateway().IsPreflight));
    }

    [Theory]
    [InlineData("x-beta,content-type", "beta")]
    [InlineData("content-type", "plain")]
    public async Task Invoke_PreflightForARouteWithHeaderConditions_GoesByTheNamesAnnounced(string announced, string expected)
    {
        var (_, entered) = await Run(
            $"OPTIONS any/x Origin:https://app.example Access-Control-Request-Method:GET Access-Control-Request-Headers:{announced}",
            Routes.Of("plain", "GET /x") with { Cors = _cors },
            Routes.Of("beta", "GET /x h:X-Beta=1") with { Cors = _cors });

        Assert.Equal(expected, entered);
    }

    private static Task<(HttpContext Context, string? Entered)> Run(string request, params EffectiveRoute[] routes) => Run(request, null, routes);

    private static Task<(HttpContext Context, string? Entered)> Run(string request, EffectiveRoute route, string path) => Run(request, path, [route]);

    private static async Task<(HttpContext Context, string? Entered)> Run(string request, string? path, EffectiveRoute[] routes)
    {
        string? entered = null;
        var question = Routes.Ask(request);
        var context = new DefaultHttpContext();
        context.Features.Set(new GatewayRequest { Id = "1", Host = question.Host, Path = path ?? question.Path, Query = question.Query });
        context.Request.Method = question.Method;
        foreach (var header in question.Headers)
        {
            context.Request.Headers[header.Key] = header.Value;
        }

        await new RoutingMiddleware(_ => Task.CompletedTask, RouteTable.Build(routes), route => _ =>
        {
            entered = route.Name;
            return Task.CompletedTask;
        }).InvokeAsync(context);
        return (context, entered);
    }
}
