using Gateway.Errors;
using Gateway.Hosting;
using Gateway.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Tests.Hosting;

public sealed class FunctionsMiddlewareTests
{
    [Theory]
    [InlineData("/a%2Fb?x=%2F", "/a/b")]
    [InlineData("/a%2Fb", "/a%2Fb")]
    [InlineData("/a%252Fb", "/a%2Fb")]
    [InlineData("/caf%C3%A9", "/café")]
    public async Task Target_AsTheClientSentIt_IsPutBack(string sent, string delivered)
    {
        var context = await RunAsync(context => context.Request.Headers["X-WAWS-Unencoded-URL"] = sent, delivered);

        Assert.Equal(sent, TargetOf(context));
    }

    [Theory]
    [InlineData("/other")]
    [InlineData("/a%2Fb/../c")]
    [InlineData("nonsense")]
    [InlineData("")]
    public async Task Target_OfAnotherPath_IsNotBelieved(string sent)
    {
        var context = await RunAsync(context => context.Request.Headers["X-WAWS-Unencoded-URL"] = sent, "/a/b");

        Assert.Equal("/a/b", TargetOf(context));
    }

    [Fact]
    public async Task Target_SaidTwice_IsNotBelieved()
    {
        var context = await RunAsync(context => context.Request.Headers["X-WAWS-Unencoded-URL"] = new(["/a%2Fb", "/a/b"]), "/a/b");

        Assert.Equal("/a/b", TargetOf(context));
    }

    [Fact]
    public async Task Target_OutsideThePlatform_IsNotBelieved()
    {
        var context = await RunAsync(context => context.Request.Headers["X-WAWS-Unencoded-URL"] = "/a%2Fb", "/a/b", platform: null);

        Assert.Equal("/a/b", TargetOf(context));
    }

    [Theory]
    [InlineData("Upgrade", "websocket", "Connection", "keep-alive, Upgrade")]
    [InlineData("Content-Type", "application/grpc", "Accept", "*/*")]
    [InlineData("Content-Type", "application/grpc+proto", "Accept", "*/*")]
    public async Task Request_ThatCannotPassThroughTheHost_IsRefused(string name, string value, string otherName, string otherValue)
    {
        var context = await RunAsync(context => (context.Request.Headers[name], context.Request.Headers[otherName]) = (value, otherValue));

        Assert.Equal(GatewayError.NotServedHere, context.Gateway().Failure?.Error);
        Assert.False(context.Items.ContainsKey("passed"));
    }

    [Theory]
    [InlineData("Content-Type", "application/grpc-web+proto")]
    [InlineData("Upgrade", "h2c")]
    [InlineData("Content-Length", "104857600")]
    public async Task Request_ThatCanPass_Passes(string name, string value)
    {
        var context = await RunAsync(context => context.Request.Headers[name] = value);

        Assert.Null(context.Gateway().Failure);
        Assert.True(context.Items.ContainsKey("passed"));
    }

    [Fact]
    public async Task Body_LargerThanTheHostTakes_IsRefusedBeforeItIsRead()
    {
        var context = await RunAsync(context => context.Request.ContentLength = 104_857_601);

        Assert.Equal((GatewayError.RequestTooLarge, "Bodies up to 100MB are taken here."), (context.Gateway().Failure!.Error, context.Gateway().Failure!.Detail));
    }

    private static string TargetOf(HttpContext context) => context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

    private static async Task<HttpContext> RunAsync(Action<HttpContext> prepare, string delivered = "/", string? platform = "instance")
    {
        var context = new DefaultHttpContext();
        context.Features.Set(new GatewayRequest { Id = "id", Scheme = "https" });
        (context.Request.Path, context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget) = (delivered, delivered);
        prepare(context);
        var options = new GatewayOptions { ConfigPath = "unread.yaml", Environment = name => name == "WEBSITE_INSTANCE_ID" ? platform : null };
        var middleware = new FunctionsMiddleware(
            passed =>
            {
                passed.Items["passed"] = true;
                return Task.CompletedTask;
            },
            options);
        await middleware.InvokeAsync(context);
        return context;
    }
}
