using System.Net;
using EndToEnd.Harness;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace EndToEnd;

/// <summary>Services that are away, slow, or left alone by the client; trailers over HTTP/2.</summary>
public sealed class UpstreamTests : IAsyncLifetime
{
    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TestBackend? _plain;
    private TestBackend? _http2;
    private LocalHostProcess? _host;
    private HttpClient? _client;

    public async ValueTask InitializeAsync()
    {
        _plain = await TestBackend.StartAsync(HangOrFloodAsync);
        _http2 = await TestBackend.StartAsync(AnswerWithTrailerAsync, HttpProtocols.Http2);
        _host = await LocalHostProcess.StartWithConfigAsync(
            """
            version: 1
            services:
              hanging: { urls: ["${env:PLAIN_URL}"], timeout: { firstByte: 30s } }
              impatient: { urls: ["${env:PLAIN_URL}"], timeout: 200ms }
              flooding: { urls: ["${env:PLAIN_URL}"], timeout: { idle: 1s } }
              away: http://127.0.0.1:1
              trailing: { urls: ["${env:HTTP2_URL}"], protocol: http2 }
            defaults: { auth: anonymous }
            routes:
              hanging: { match: GET /hanging, forward: hanging }
              impatient: { match: GET /impatient, forward: impatient }
              flooding: { match: GET /flood, forward: flooding }
              away: { match: GET /away, forward: away }
              trailing: { match: GET /trailing, forward: trailing }
            """,
            new Dictionary<string, string> { ["PLAIN_URL"] = _plain.Url, ["HTTP2_URL"] = _http2.Url },
            "--http2-port",
            "0");
        _client = Http.NewClient(_host.Values["GATEWAY_URL"]);
    }

    [Fact]
    public async Task Service_ThatIsAway_Is502()
    {
        using var response = await _client!.SendAsync("GET", "/away");

        var problem = await response.ProblemAsync(502, "upstream-unreachable");
        Assert.DoesNotContain("127.0.0.1", problem.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_ThatSaysNothing_Is504()
    {
        using var response = await _client!.SendAsync("GET", "/impatient");

        await response.ProblemAsync(504, "upstream-timeout");
    }

    [Fact]
    public async Task Client_ThatGoesAway_CancelsTheCallBehind()
    {
        using var leave = new CancellationTokenSource();
        var call = _client!.GetAsync("/hanging", leave.Token);
        await _arrived.Task.WaitAsync(TestContext.Current.CancellationToken);

        await leave.CancelAsync();

        await _cancelled.Task.WaitAsync(TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task Client_ThatNeverReads_IsCutOffAfterTheIdleTime()
    {
        using var connection = await RawConnection.OpenAsync(_host!.Values["GATEWAY_URL"]);

        await connection.SendAsync("GET /flood HTTP/1.1\r\nHost: localhost\r\n\r\n");

        // The service sends for ever, and nobody reads: only the gateway can end this.
        await _cancelled.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Trailers_OverHttp2_ArePassedOn()
    {
        using var client = Http.NewClient(_host!.Values["GATEWAY_HTTP2_URL"]);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/trailing") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("body", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("after it", response.TrailingHeaders.GetValues("x-trailer").Single());
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        foreach (var part in new IAsyncDisposable?[] { _host, _plain, _http2 })
        {
            await (part?.DisposeAsync() ?? default);
        }
    }

    private async Task HangOrFloodAsync(HttpContext context)
    {
        _arrived.TrySetResult();
        try
        {
            var block = new byte[64 * 1024];
            while (context.Request.Path == "/flood")
            {
                await context.Response.Body.WriteAsync(block, context.RequestAborted);
            }

            await new TaskCompletionSource().Task.WaitAsync(context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            _cancelled.TrySetResult();
        }
    }

    private static async Task AnswerWithTrailerAsync(HttpContext context)
    {
        await context.Response.WriteAsync("body");
        context.Response.AppendTrailer("x-trailer", "after it");
    }
}
