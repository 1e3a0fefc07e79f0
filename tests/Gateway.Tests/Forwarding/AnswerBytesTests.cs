namespace Gateway.Tests.Forwarding;

/// <summary>Header fields of answers whose bytes are not ASCII, as services do send them (a file's name, a place).</summary>
public sealed class AnswerBytesTests
{
    private const string Config = """
        version: 1
        services: { raw: "${env:RAW}" }
        routes: { all: { match: "/{**path}", auth: anonymous, forward: raw } }
        """;

    [Theory]
    [InlineData("Content-Disposition: attachment; filename=\"caf\u00c3\u00a9.pdf\"")]
    [InlineData("X-Latin: caf\u00e9")]
    [InlineData("X-Euro: \u00e2\u0082\u00ac")]
    [InlineData("Location: /caf\u00c3\u00a9/\u00e2\u0082\u00ac")]
    public async Task Answer_WithBytesBeyondAscii_IsPassedOnByteForByte(string field)
    {
        await using var service = new RawService(async (peer, _) =>
        {
            await peer.ReadHeadAsync();
            await peer.SendAsync($"HTTP/1.1 200 OK\r\n{field}\r\nContent-Length: 2\r\n\r\nok");
        });
        await using var gateway = await RunningGateway.StartAsync(Config, new() { Environment = new Dictionary<string, string> { ["RAW"] = service.Url } });
        var peer = await RawPeer.ConnectAsync(gateway.Port);

        await peer.SendAsync("GET /a HTTP/1.1\r\nHost: gateway.example\r\nConnection: close\r\n\r\n");

        Assert.Contains($"\r\n{field}\r\n", await peer.ReadToEndAsync(), StringComparison.Ordinal);
    }
}
