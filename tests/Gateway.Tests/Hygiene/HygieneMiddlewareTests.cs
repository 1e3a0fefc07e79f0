using Gateway.Errors;
using Gateway.Hygiene;
using Gateway.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Tests.Hygiene;

public class HygieneMiddlewareTests
{
    [Theory]
    [InlineData("/a/./%7eb?x=%2e&y=/../", "/a/~b", "?x=%2e&y=/../")]
    [InlineData("/a%2fb?", "/a%2Fb", "?")]
    [InlineData("http://host.example/a?b", "/a", "?b")]
    [InlineData("HTTP://HOST.example:80/a", "/a", "")]
    [InlineData("http://host.example", "/", "")]
    [InlineData("http://host.example?b", "/", "?b")]
    public async Task Invoke_HonestTarget_FillsInPathAndQuery(string target, string path, string query)
    {
        var context = await Run(target);

        Assert.Null(context.Gateway().Failure);
        Assert.Equal((path, query, "host.example", "http"), (context.Gateway().Path, context.Gateway().Query, context.Gateway().Host, context.Gateway().Scheme));
    }

    [Theory]
    [InlineData("/a/..%2fb", "hidden dot segment")]
    [InlineData("/a?b=%", "query")]
    [InlineData("http://other.example/a", "different hosts")]
    [InlineData("http://host.example@evil.example/", "different hosts")]
    [InlineData("ftp://host.example/", "neither")]
    [InlineData("host.example:443", "neither")]
    [InlineData("*", "OPTIONS only")]
    [InlineData("/a#b", "fragment")]
    public async Task Invoke_BadTarget_RefusesAndNamesThePlace(string target, string detail) => AssertRefused(await Run(target), detail);

    [Theory]
    [InlineData("OPTIONS", "*", "*")]
    [InlineData("OPTIONS", "http://host.example", "*")]
    [InlineData("OPTIONS", "http://host.example/", "/")]
    public async Task Invoke_Asterisk_IsForOptions(string method, string target, string path) =>
        Assert.Equal(path, (await Run(target, context => context.Request.Method = method)).Gateway().Path);

    [Fact]
    public async Task Invoke_Connect_Refuses() => AssertRefused(await Run("host.example:443", context => context.Request.Method = "CONNECT"), "CONNECT");

    // Routes compare methods with regard to case and what sends them on does not: "get" would slip past a route for GET and arrive as GET.
    [Theory]
    [InlineData("get")]
    [InlineData("Post")]
    [InlineData("heaD")]
    [InlineData("propfind")]
    public async Task Invoke_MethodNotInCapitals_Refuses(string method) =>
        AssertRefused(await Run("/", context => context.Request.Method = method), "in capitals");

    [Fact]
    public async Task Invoke_MethodThatNobodyKnows_GoesOn() =>
        Assert.Null((await Run("/", context => context.Request.Method = "M-SEARCH")).Gateway().Failure);

    [Theory]
    [InlineData("X-A", "a\u0001b", "X-A")]
    [InlineData("X-A", "a\u007fb", "X-A")]
    [InlineData("X-A", "a\u001f", "X-A")]
    [InlineData("X-A", "a\r\nb", "X-A")]
    [InlineData("X(A", "a", "name of a header")]
    [InlineData("Transfer-Encoding", "gzip, chunked", "chunked alone")]
    [InlineData("Transfer-Encoding", "identity", "chunked alone")]
    [InlineData("Host", "a b", "not a host")]
    [InlineData("Host", "user@host", "not a host")]
    [InlineData("Host", "host/x", "not a host")]
    [InlineData("Host", "host:99999", "not a host")]
    [InlineData("Host", "[::1", "not a host")]
    [InlineData("Host", ".", "not a host")]
    [InlineData("Host", ".a", "not a host")]
    [InlineData("Host", "a..b", "not a host")]
    [InlineData("Host", "a..", "not a host")]
    [InlineData("Host", "a~b", "not a host")]
    [InlineData("Host", "[:::]", "not a host")]
    [InlineData("Host", "[1:2]", "not a host")]
    [InlineData("Host", "[1.2.3.4]", "not a host")]
    [InlineData("Host", "[0:0:0:0:0:0:0:0:0]", "not a host")]
    public async Task Invoke_BadField_RefusesAndNamesThePlace(string name, string value, string detail) =>
        AssertRefused(await Run("/", context => context.Request.Headers[name] = value), detail);

    [Theory]
    [InlineData("X-A", "tab\tinside")]
    [InlineData("X-A", "caf\u00e9")]
    [InlineData("Host", "[::1]:7071")]
    [InlineData("Host", "a_b.example:80")]
    [InlineData("Host", "a.example.")]
    [InlineData("Host", "[::ffff:192.0.2.1]")]
    [InlineData("Host", "xn--bcher-kva.example")]
    [InlineData("Host", "xn--")]
    [InlineData("Transfer-Encoding", "Chunked")]
    public async Task Invoke_HonestField_GoesOn(string name, string value) =>
        Assert.Null((await Run("/", context => context.Request.Headers[name] = value)).Gateway().Failure);

    [Theory]
    [InlineData("Host")]
    [InlineData("Authorization")]
    public async Task Invoke_FieldTwice_Refuses(string name) =>
        AssertRefused(await Run("/", context => context.Request.Headers[name] = new(["a", "a"])), "more than one " + name);

    [Theory]
    [InlineData("Content-Length")]
    [InlineData("X-Content-Length")]
    public async Task Invoke_BothFramings_Refuses(string length) => AssertRefused(
        await Run("/", context =>
        {
            context.Request.Headers.TransferEncoding = "chunked";
            context.Request.Headers[length] = "5";
        }),
        "both Content-Length and Transfer-Encoding");

    [Theory]
    [InlineData("HTTP/1.0")]
    [InlineData("HTTP/2")]
    public async Task Invoke_ChunkedOverAProtocolWithout_Refuses(string protocol) => AssertRefused(
        await Run("/", context =>
        {
            context.Request.Protocol = protocol;
            context.Request.Headers.TransferEncoding = "chunked";
        }),
        protocol);

    [Fact]
    public async Task Invoke_NoRawTarget_UsesTheServersPath()
    {
        var context = await Run("", context => (context.Request.Path, context.Request.QueryString) = ("/a b", new("?c=d")));

        Assert.Equal(("/a%20b", "?c=d"), (context.Gateway().Path, context.Gateway().Query));
    }

    private static void AssertRefused(HttpContext context, string detail)
    {
        Assert.Equal(GatewayError.MalformedRequest, context.Gateway().Failure?.Error);
        Assert.Contains(detail, context.Gateway().Failure!.Detail, StringComparison.Ordinal);
        Assert.False(context.Items.ContainsKey("next"));
    }

    private static async Task<HttpContext> Run(string target, Action<HttpContext>? change = null)
    {
        var context = new DefaultHttpContext();
        context.Features.Set(new GatewayRequest { Id = "1" });
        (context.Request.Method, context.Request.Protocol, context.Request.Scheme) = ("GET", "HTTP/1.1", "http");
        context.Request.Headers.Host = "host.example";
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = target;
        change?.Invoke(context);
        await new HygieneMiddleware(next =>
        {
            next.Items["next"] = true;
            return Task.CompletedTask;
        }).InvokeAsync(context);
        return context;
    }
}
