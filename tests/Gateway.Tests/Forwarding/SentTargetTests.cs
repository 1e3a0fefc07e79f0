using Gateway.Forwarding;
using Gateway.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Forwarding;

/// <summary>Path and query as the rules of a route make them.</summary>
public sealed class SentTargetTests
{
    [Theory]
    [InlineData("/internal/{id}", "/internal/a%2Fb?x=1"), InlineData("/x", "/x?x=1"), InlineData("/{query.x}/{id}", "/1/a%2Fb?x=1")]
    public void Template_MakesThePath_AndTheQueryStays(string template, string expected) =>
        Assert.Equal(expected, Shape("/items/a%2Fb", "?x=1", new() { Template = template }));

    [Theory]
    [InlineData("/v1", "/v1/orders%2F1", "/orders%2F1"), InlineData("/v1", "/v1", "/"), InlineData("/v1/", "/v1/a", "/a"), InlineData("/v1", "/v1/", "/")]
    [InlineData("/v1", "/v10/a", "/v10/a"), InlineData("/v1", "/other", "/other"), InlineData("/v1", "/V1/a", "/V1/a")]
    public void Strip_CutsWholeSegments(string prefix, string path, string expected) =>
        Assert.Equal(expected + "?q=%2F", Shape(path, "?q=%2F", new() { Strip = prefix }));

    [Fact]
    public void Strip_ThatLeavesTwoSlashesInFront_IsRefused() => Assert.Null(Shape("/v1//a", "", new() { Strip = "/v1" }));

    [Theory]
    [InlineData("^/v1", ""), InlineData("^/v1/", "//")]
    public void Pattern_ThatLeavesTwoSlashesInFront_IsRefused(string pattern, string replace) =>
        Assert.Null(Shape("/v1//admin", "", new() { Pattern = pattern, Replace = replace }));

    [Theory]
    [InlineData("^/old/(.*)$", "/new/$1", "/old/a%2Fb/%E2%82%AC", "/new/a%2Fb/%E2%82%AC"), InlineData("^/old/(.*)$", "/new/$1", "/other", "/other")]
    [InlineData("^/(.*)$", "$1", "/a", "/a"), InlineData("^/a$", "/b?c=1#d e", "/a", "/b%3Fc=1%23d%20e"), InlineData("^(/a+)+$", "/x", "/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", "/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab")]
    public void Pattern_ReplacesInTheRawPath(string pattern, string replace, string path, string expected) =>
        Assert.Equal(expected + "?q", Shape(path, "?q", new() { Pattern = pattern, Replace = replace }));

    [Theory]
    [InlineData("^/(.*)$", "/../$1"), InlineData("^/", "/%2e%2e/"), InlineData("a", ".")]
    public void Pattern_ThatMakesADotSegment_IsRefused(string pattern, string replace) =>
        Assert.Null(Shape("/a", "", new() { Pattern = pattern, Replace = replace }));

    [Fact]
    public void Template_WithoutItsValue_IsRefused() => Assert.Null(Shape("/a", "", new() { Template = "/{query.gone}" }));

    [Theory]
    [InlineData("", "?v=2"), InlineData("?a=1&b", "?a=1&b&v=2"), InlineData("?debug=1", "?v=2"), InlineData("?a=%2F&debug&a=+x&v=1&d%65bug=1&v", "?a=%2F&a=+x&v=2")]
    [InlineData("?a&&b=", "?a&b=&v=2"), InlineData("?Debug=1", "?Debug=1&v=2")]
    public void Query_IsSetAndRemoved_TheRestStays(string query, string expected) =>
        Assert.Equal("/a" + expected, Shape("/a", query, null, new() { Set = new Dictionary<string, string> { ["v"] = "2" }, Remove = ["debug"] }));

    [Fact]
    public void Query_InsertedValue_IsEncoded_AndAMissingOneStaysUnset() =>
        Assert.Equal("/a?x=%26b%3D1&y=%26b%3D1", Shape("/a", "?x=%26b%3D1&z=forged", null, new() { Set = new Dictionary<string, string> { ["y"] = "{query.x}", ["z"] = "{claim.tid}" } }));

    private static string? Shape(string path, string query, PathRuleConfig? rule, QueryRulesConfig? queries = null)
    {
        var settings = StandSettings.To("http://127.0.0.1:1") with
        {
            Forward = new() { To = new Dictionary<string, int> { ["backend"] = 100 }, Path = rule, Query = queries },
        };
        using var services = ForwardStand.Services(settings);
        var plan = new ForwardPlan(settings.Route(), settings.Forward, services.GetRequiredService<Gateway.Upstreams.Upstreams>());
        var context = new DefaultHttpContext();
        context.Features.Set(new GatewayRequest { Id = "1", Path = path, Query = query, PathValues = new Dictionary<string, string> { ["id"] = "a%2Fb" } });
        return plan.Shape(context, out _)?.PathAndQuery;
    }
}
