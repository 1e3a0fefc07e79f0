using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Tests.Forwarding;

/// <summary>What a service is asked for through the whole gateway, byte for byte, and how much of a body it may see.</summary>
public sealed class ForwardingOnTheWireTests : IAsyncLifetime
{
    private const int Limit = 100_000;

    private const string Config = """
        version: 1
        services: { backend: "${env:BACKEND}" }
        defaults: { auth: anonymous, forward: backend }
        routes:
          as-it-is: { match: "GET /as/{**rest}" }
          template: { match: "GET /template/{id}/{**rest}", forward: { to: backend, path: "/new/{rest}/of/{id}" } }
          strip: { match: "GET /strip/{**rest}", forward: { to: backend, path: { strip: /strip } } }
          pattern: { match: "GET /pattern/{**rest}", forward: { to: backend, path: { pattern: "^/pattern/([^/]*)/(.*)$", replace: "/$2/$1" } } }
          slow: { match: "GET /slow/{**rest}", forward: { to: backend, path: { pattern: "^/slow/(a+)+$", replace: /never } } }
          upload: { match: POST /upload, body: { max: 100000B } }
        """;

    private readonly ConcurrentQueue<string> _targets = new();
    private TestServer _backend = null!;
    private RunningGateway _gateway = null!;
    private long _seen;

    public async ValueTask InitializeAsync()
    {
        _backend = await TestServer.StartAsync(AnswerAsync);
        _gateway = await RunningGateway.StartAsync(Config, new() { Environment = new Dictionary<string, string> { ["BACKEND"] = _backend.Url } });
    }

    [Theory]
    [InlineData("/as/a%2Fb/%20/%C3%A9/%E2%82%AC?x=%2F%20%C3%A9&x=&y", "/as/a%2Fb/%20/%C3%A9/%E2%82%AC?x=%2F%20%C3%A9&x=&y")]
    [InlineData("/template/a%2Fb/%20/%C3%A9/%E2%82%AC?x=%2F%20%C3%A9&x=&y", "/new/%20/%C3%A9/%E2%82%AC/of/a%2Fb?x=%2F%20%C3%A9&x=&y")]
    [InlineData("/strip/a%2Fb/%20/%C3%A9/%E2%82%AC?x=%2F%20%C3%A9&x=&y", "/a%2Fb/%20/%C3%A9/%E2%82%AC?x=%2F%20%C3%A9&x=&y")]
    [InlineData("/pattern/a%2Fb/%20/%C3%A9/%E2%82%AC?x=%2F%20%C3%A9&x=&y", "/%20/%C3%A9/%E2%82%AC/a%2Fb?x=%2F%20%C3%A9&x=&y")]
    [InlineData("/pattern/a/b?", "/b/a?")]
    [InlineData("/pattern/a/b?/pattern/c/d", "/b/a?/pattern/c/d")] // the query is no part of what is rewritten
    public async Task Target_RewrittenOrNot_KeepsItsBytesAndItsQueryOnce(string target, string expected)
    {
        await _gateway.AskAsync($"GET {target}");

        Assert.Equal(expected, Assert.Single(_targets));
    }

    // With backtracking this would not end in the lifetime of the machine.
    [Fact]
    public async Task Pattern_ThatWouldExplode_TakesTimeLikeTheLengthOfThePath()
    {
        var path = $"/slow/{new string('a', 7_000)}b";

        await _gateway.AskAsync($"GET {path}");

        Assert.Equal(path, Assert.Single(_targets));
    }

    [Theory]
    [InlineData(Limit, false, 200)]
    [InlineData(Limit, true, 200)]
    [InlineData(Limit + 1, false, 413)]
    [InlineData(Limit + 1, true, 413)]
    public async Task Body_OverTheLimit_Is413AndTheServiceSeesNoMore(int size, bool chunked, int status)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, _gateway.Url + "/upload") { Content = new ByteArrayContent(new byte[size]) };
        request.Headers.TransferEncodingChunked = chunked;
        request.Headers.ExpectContinue = true; // or the refusal may overtake the body and break the connection

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.InRange(Interlocked.Read(ref _seen), status == 200 ? Limit : 0, Limit);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _backend.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        _targets.Enqueue(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        var buffer = new byte[4096];
        for (int read; (read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0;)
        {
            Interlocked.Add(ref _seen, read);
        }
    }
}
