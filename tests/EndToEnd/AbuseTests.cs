using System.Net;
using System.Text;
using EndToEnd.Harness;

namespace EndToEnd;

/// <summary>Clients that mean harm, or are broken: they are cut off, and everybody else is served.</summary>
[Collection(SharedGateway.Name)]
public sealed class AbuseTests(GatewayUnderTest gateway)
{
    private string Url => gateway["GATEWAY_URL"];

    [Fact]
    public async Task TenThousandHeaders_AreRefused()
    {
        var request = new StringBuilder("GET /ping HTTP/1.1\r\nHost: localhost\r\n");
        for (var i = 0; i < 10_000; i++)
        {
            request.Append(System.Globalization.CultureInfo.InvariantCulture, $"X-{i}: {i}\r\n");
        }

        await RefusesAsync(request.Append("\r\n").ToString(), "431");
        await ServesAsync();
    }

    [Fact]
    public async Task AHeaderOfOneMegabyte_IsRefused()
    {
        await RefusesAsync($"GET /ping HTTP/1.1\r\nHost: localhost\r\nX-Long: {new string('x', 1024 * 1024)}\r\n\r\n", "431");
        await ServesAsync();
    }

    [Fact]
    public async Task ARequestLineOfOneMegabyte_IsRefused()
    {
        await RefusesAsync($"GET /{new string('x', 1024 * 1024)} HTTP/1.1\r\nHost: localhost\r\n\r\n", "414");
        await ServesAsync();
    }

    [Theory]
    [InlineData('\u0001')]
    [InlineData('\u001f')]
    [InlineData('\u007f')]
    public async Task AControlByteInAHeader_IsRefused(char control)
    {
        await RefusesAsync($"GET /ping HTTP/1.1\r\nHost: localhost\r\nX-Odd: a{control}b\r\nConnection: close\r\n\r\n", "400");
        await ServesAsync();
    }

    [Fact]
    public async Task AnonymousCallers_SharingAnAddress_DoNotStopOthers()
    {
        // One client that opens connections and says nothing, in numbers.
        var silent = new List<RawConnection>();
        try
        {
            for (var i = 0; i < 200; i++)
            {
                silent.Add(await RawConnection.OpenAsync(Url));
            }

            await ServesAsync();
        }
        finally
        {
            silent.ForEach(connection => connection.Dispose());
        }
    }

    // Kestrel's own times: 30 s for the header fields, then at least 240 bytes a second after 5 s of grace.
    // A client that never reads is a matter of the service's idle time: UpstreamTests.
    [Fact]
    public async Task SlowClients_AreCutOff()
    {
        using var headers = await RawConnection.OpenAsync(Url);
        using var body = await RawConnection.OpenAsync(Url);
        await headers.SendAsync("GET /ping HTTP/1.1\r\nHost: loc");
        await body.SendAsync($"POST /echo/ HTTP/1.1\r\nHost: localhost\r\nX-Api-Key: {gateway.ApiKey}\r\nContent-Length: 1000000\r\n\r\nx");
        await ServesAsync();

        // Each read ends because the gateway closes: it would go on for ever otherwise.
        var answers = await Task.WhenAll(headers.ReadToEndAsync(), body.ReadToEndAsync());
        Assert.True(answers[0].Length == 0 || answers[0].StartsWith("HTTP/1.1 408 ", StringComparison.Ordinal), answers[0]);
        Assert.StartsWith("HTTP/1.1 408 ", answers[1], StringComparison.Ordinal);
        await ServesAsync();
    }

    // A server that closes while the client still sends may reset the connection, so that the status is lost on the way.
    private async Task RefusesAsync(string request, string status)
    {
        using var connection = await RawConnection.OpenAsync(Url);
        await connection.SendAsync(request);
        var answer = await connection.ReadToEndAsync();
        Assert.True(answer.Length == 0 || answer.StartsWith($"HTTP/1.1 {status} ", StringComparison.Ordinal), answer);
    }

    private async Task ServesAsync()
    {
        using var response = await gateway.Client.SendAsync("GET", "/ping");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
