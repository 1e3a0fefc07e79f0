using System.Net;
using EndToEnd.Harness;

namespace EndToEnd;

/// <summary>What flows is passed on at once; what ends on one side ends on the other.</summary>
[Collection(SharedGateway.Name)]
public sealed class StreamingTests(GatewayUnderTest gateway)
{
    private string Key => $"X-Api-Key: {gateway.ApiKey}";

    [Fact]
    public async Task ServerSentEvents_ArePassedOnOneByOne()
    {
        using var request = Http.Request("GET", "/echo/sse", Key);
        using var response = await gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));

        Assert.Equal("event: first", await ReadLineAsync(reader));
        var id = (await ReadLineAsync(reader))!["data: ".Length..];
        await ReadLineAsync(reader);

        // The service sends the second event only now: had anything held the first one back, this would never be reached.
        using var confirmed = await gateway.Client.SendAsync("POST", $"/echo/sse/{id}", Key);
        Assert.Equal(HttpStatusCode.NoContent, confirmed.StatusCode);
        Assert.Equal("event: second", await ReadLineAsync(reader));
    }

    [Fact]
    public async Task Http2_InClearText_IsSpoken()
    {
        using var client = Http.NewClient(gateway["GATEWAY_HTTP2_URL"]);
        using var request = Http.Request("GET", "/echo/bytes/10", Key);
        request.Version = HttpVersion.Version20;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(HttpVersion.Version20, response.Version);
        Assert.Equal(10, (await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length);
    }

    [Fact]
    public async Task Expect100_IsAnsweredBeforeTheBodyIsSent()
    {
        using var connection = await RawConnection.OpenAsync(gateway["GATEWAY_URL"]);

        await connection.SendAsync($"POST /echo/ HTTP/1.1\r\nHost: localhost\r\n{Key}\r\nContent-Length: 5\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n");
        Assert.Equal("HTTP/1.1 100 Continue\r\n\r\n", await connection.ReadUntilAsync("\r\n\r\n"));
        await connection.SendAsync("hello");

        Assert.Contains("\"length\":5", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Expect100_OfARefusedRequest_NeverAsksForTheBody()
    {
        using var connection = await RawConnection.OpenAsync(gateway["GATEWAY_URL"]);

        await connection.SendAsync("POST /echo/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 401 ", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    private static async Task<string?> ReadLineAsync(StreamReader reader) => await reader.ReadLineAsync(TestContext.Current.CancellationToken);
}
