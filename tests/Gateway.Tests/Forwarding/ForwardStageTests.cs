using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Tests.Forwarding;

public sealed class ForwardStageTests
{
    [Theory]
    [InlineData("GET"), InlineData("HEAD"), InlineData("POST"), InlineData("PUT"), InlineData("PATCH"), InlineData("DELETE")]
    [InlineData("OPTIONS"), InlineData("TRACE"), InlineData("PROPFIND"), InlineData("QUERY")]
    public async Task Forward_AnyMethod_ReachesTheService(string method)
    {
        await using var backend = await TestServer.StartAsync(context =>
        {
            context.Response.Headers["saw"] = context.Request.Method;
            return Task.CompletedTask;
        });
        await using var stand = await ForwardStand.StartAsync(StandSettings.To(backend.Url));

        using var answer = await stand.SendAsync(new(new HttpMethod(method), "/"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(method, answer.Headers.GetValues("saw").Single());
    }

    [Theory]
    [InlineData("", "/a%2Fb"), InlineData("", "/a%2fb?x=%2F&y=a+b"), InlineData("", "/%E2%82%AC/;v=1/!$&'()*+,=:@-._~")]
    [InlineData("", "/a//b/"), InlineData("", "/?"), InlineData("", "/?a=1&a=2&&b"), InlineData("", "/a%252Fb%5C%7C"), InlineData("", "/a|b^c`{d}\"<>?e=|^`{}\"<>")]
    [InlineData("/base", "/a%2Fb?x"), InlineData("/base/", "/a"), InlineData("/ba%2Fse", "/"), InlineData("", "/a/./b/%2e%2e/c")]
    public async Task Forward_RawTarget_ArrivesByteForByte(string basePath, string target)
    {
        await using var backend = await TestServer.StartAsync(EchoTarget);
        await using var stand = await ForwardStand.StartAsync(StandSettings.To(backend.Url + basePath));
        var client = await RawPeer.ConnectAsync(stand.Port);

        await client.SendAsync($"GET {target} HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n\r\n");
        var answer = await client.ReadToEndAsync();

        Assert.EndsWith("\r\n\r\n" + basePath.TrimEnd('/') + target, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forward_DeadService_Is502WithoutItsAddress()
    {
        await using var gone = await TestServer.StartAsync(EchoTarget);
        var url = gone.Url;
        await gone.DisposeAsync();
        await using var stand = await ForwardStand.StartAsync(StandSettings.To(url));

        using var answer = await stand.SendAsync(new(HttpMethod.Get, "/"));
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Contains("upstream-unreachable", body, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", body, StringComparison.Ordinal);
        var call = (await stand.NextEndedAsync()).Upstream!;
        Assert.Equal(("backend", 0, 2), (call.Service, call.Status, call.Attempts));
    }

    [Fact]
    public async Task Forward_Answer_IsRecordedForTheAccessLog()
    {
        await using var backend = await TestServer.StartAsync(context =>
        {
            context.Response.StatusCode = 418;
            return Task.CompletedTask;
        });
        await using var stand = await ForwardStand.StartAsync(StandSettings.To(backend.Url));

        using var answer = await stand.SendAsync(new(HttpMethod.Get, "/x?secret=1"));

        var call = (await stand.NextEndedAsync()).Upstream!;
        Assert.Equal(("backend", backend.Url + "/", 418, 1), (call.Service, call.Url, call.Status, call.Attempts));
    }

    private static Task EchoTarget(HttpContext context)
    {
        var target = Encoding.Latin1.GetBytes(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        context.Response.ContentLength = target.Length;
        return context.Response.Body.WriteAsync(target).AsTask();
    }
}
