using System.Net;
using System.Net.Sockets;
using System.Text;
using Gateway.Hygiene;
using Gateway.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Gateway.Tests.Hygiene;

/// <summary>What a real Kestrel makes of raw bytes before hygiene sees them.</summary>
public sealed class HygieneOnTheWireTests : IAsyncLifetime
{
    private WebApplication _app = null!;
    private Uri _address = null!;
    private Uri _http2 = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        _app = builder.Build();
        var hygiene = new HygieneMiddleware(new HeaderRemovalMiddleware(Answer).InvokeAsync);
        _app.Run(async context =>
        {
            context.Features.Set(new GatewayRequest { Id = "1" });
            await hygiene.InvokeAsync(context);
            if (context.Gateway().Failure is { } failure)
            {
                context.Response.StatusCode = 400;
                await context.Response.WriteAsync(failure.Detail ?? "");
            }
        });
        await _app.StartAsync(TestContext.Current.CancellationToken);
        (_address, _http2) = (new(_app.Urls.First()), new(_app.Urls.Last()));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [InlineData("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "both Content-Length and Transfer-Encoding")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", "both Content-Length and Transfer-Encoding")]
    [InlineData("X-A: a\u0001b\r\n\r\n", "control byte")]
    [InlineData("X-A: a\u000bb\r\n\r\n", "control byte")]
    [InlineData("X-A: a\u007fb\r\n\r\n", "control byte")]
    [InlineData("Authorization: a\r\nAuthorization: b\r\n\r\n", "more than one Authorization")]
    [InlineData("X-A: a\u0000b\r\n\r\n", "")]
    [InlineData("Host: other.example\r\n\r\n", "")]
    public async Task Request_WithBadFields_Is400(string fields, string detail)
    {
        var answer = await Send($"POST / HTTP/1.1\r\nHost: host.example\r\n{fields}");

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Contains(detail, answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/a%00b")]
    [InlineData("/a\\b")]
    [InlineData("/a%5Cb")]
    [InlineData("/a%zz")]
    [InlineData("/..")]
    [InlineData("/%2e%2e/a")]
    [InlineData("/public/..%2fadmin")]
    [InlineData("/public/%252e%252e%252fadmin")]
    [InlineData("/a#b")]
    [InlineData("/caf\u00e9")]
    [InlineData("/?a=%00")]
    [InlineData("http://evil.example/a")]
    public async Task Request_WithBadTarget_Is400(string target) =>
        Assert.StartsWith("HTTP/1.1 400", await Send($"GET {target} HTTP/1.1\r\nHost: host.example\r\n\r\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData("/a/./b%2fc/%7e?x=%2f", "/a/b%2Fc/~?x=%2f")]
    [InlineData("/a//b/../c", "/a//c")]
    [InlineData("http://host.example/a", "/a")]
    [InlineData("/a|b", "/a|b")]
    public async Task Request_WithHonestTarget_KeepsItsBytes(string target, string seen) =>
        Assert.EndsWith($"path {seen}\n", await Send($"GET {target} HTTP/1.1\r\nHost: host.example\r\n\r\n"), StringComparison.Ordinal);

    [Fact]
    public async Task Request_WithOurHeaders_LosesThem()
    {
        var answer = await Send("GET / HTTP/1.1\r\nHost: host.example\r\nGateway-Consumer: a\r\ngateway_plan: b\r\nX-Content-Length: 4\r\nX-Kept: c\r\n\r\n");

        Assert.Contains("X-Kept", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("gateway", answer, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("X-Content-Length", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Request_OverHttp2_GoesOnWithItsBytes()
    {
        using var client = new HttpClient { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };

        var answer = await client.GetStringAsync(new Uri(_http2, "/a%2Fb?x=1"), TestContext.Current.CancellationToken);

        Assert.EndsWith("path /a%2Fb?x=1\n", answer, StringComparison.Ordinal);
    }

    private static Task Answer(HttpContext context) => context.Response.WriteAsync(
        $"headers {string.Join(' ', context.Request.Headers.Keys)} path {context.Gateway().Path}{context.Gateway().Query}\n");

    private async Task<string> Send(string message)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_address.Host, _address.Port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(message.Replace("\r\nHost: host.example\r\n", "\r\nHost: host.example\r\nConnection: close\r\n", StringComparison.Ordinal)), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        return (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).Replace("\r\n0\r\n\r\n", "", StringComparison.Ordinal);
    }
}
