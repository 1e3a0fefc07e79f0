using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Exporters.Tests;

/// <summary>No secret, and no text of a caller's own, leaves with the telemetry: the bytes are searched, not the fields.</summary>
public sealed class SecretsTests
{
    private const string Canary = "c4n4rYc4n4rYc4n4rYc4n4rY";

    [Theory]
    [InlineData(Way.AzureMonitor)]
    [InlineData(Way.OtlpHttp)]
    [InlineData(Way.OtlpGrpc)]
    public async Task Telemetry_HoldsNoSecretAndNoPath(Way way)
    {
        await using var collector = await way.CollectorAsync();
        var gateway = await ExportingGateway.StartAsync(way.To(collector.Url));
        var trace = ActivityTraceId.CreateRandom();

        foreach (var path in new[] { "/overview/ada", $"/orders/{Canary}", "/orders/1", "/ping", $"/nowhere/{Canary}" })
        {
            await gateway.GetAsync($"{path}?token={Canary}", trace, ("X-Api-Key", gateway.ApiKey), ("Cookie", Canary), ("User-Agent", Canary), ("baggage", $"secret={Canary}"), ("tracestate", $"secret={Canary}"), ("X-Secret", Canary));
            await gateway.GetAsync($"{path}?token={Canary}", trace, ("Authorization", $"Bearer {Canary}.{Canary}.{Canary}"));
            await gateway.GetAsync($"{path}?token={Canary}", trace, ("X-Api-Key", $"sgw_live_{Canary}{Canary}"));
        }

        gateway.Peppers.IsBroken = true;
        await gateway.GetAsync($"/orders/{Canary}?token={Canary}", trace, ("X-Api-Key", gateway.ApiKey));
        Assert.True(gateway.Flush());
        // What is made of the rest goes at the end.
        await gateway.DisposeAsync();

        Assert.Contains(trace.ToHexString(), way == Way.AzureMonitor ? collector.Text : Hex(collector.All.SelectMany(sent => sent.Body)), StringComparison.Ordinal);
        foreach (var secret in Forms(gateway))
        {
            Assert.DoesNotContain(secret, collector.Text, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Equal(-1, collector.All.Select(sent => sent.Body.AsSpan().IndexOf(gateway.PepperBytes)).Max());
    }

    // The part of an API key that is no secret, its prefix and id, may be told.
    private static IEnumerable<string> Forms(ExportingGateway gateway) =>
    [
        Canary,
        Convert.ToBase64String(Encoding.ASCII.GetBytes(Canary)),
        gateway.ApiKey,
        gateway.ApiKey[(gateway.ApiKey.Length / 2)..],
        Hex(gateway.PepperBytes),
        Convert.ToBase64String(gateway.PepperBytes),
    ];

    private static string Hex(IEnumerable<byte> bytes) => string.Concat(bytes.Select(octet => octet.ToString("x2", CultureInfo.InvariantCulture)));
}
