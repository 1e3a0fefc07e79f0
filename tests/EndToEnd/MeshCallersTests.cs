using EndToEnd.Harness;

namespace EndToEnd;

/// <summary>Who is let in to the sample services: the front door, and nobody who comes past it.</summary>
[Collection(SharedGateway.Name)]
public sealed class MeshCallersTests(GatewayUnderTest gateway)
{
    public static TheoryData<string, string> Services() => new()
    {
        { "ORDERS_URL", "/orders" },
        { "CUSTOMERS_URL", "/customers/ada" },
        { "ECHO_URL", "/echo" },
    };

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Call_WithoutCertificate_IsRefused(string url, string path)
    {
        using var caller = DirectCaller.WithoutCertificate();

        Assert.Equal((401, "certificate-missing"), await caller.AskAsync(gateway.Local.Values[url] + path));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Call_WithASelfMadeCertificate_IsRefused(string url, string path)
    {
        using var caller = DirectCaller.SelfMade("gateway");

        Assert.Equal((401, "authority-untrusted"), await caller.AskAsync(gateway.Local.Values[url] + path));
    }

    [Fact]
    public async Task Call_WithACertificateInAHeader_IsRefused()
    {
        using var caller = DirectCaller.WithoutCertificate();

        Assert.Equal((401, "certificate-header-forged"), await caller.AskAsync($"{gateway.Local.Values["ECHO_URL"]}/echo", "X-ARR-ClientCert: MIIB"));
    }

    [Fact]
    public async Task Call_OfAnotherService_IsRefused()
    {
        using var desk = new MeshDesk(gateway.Local);
        using var caller = DirectCaller.Thief(gateway.Local, "orders", (await desk.ShowAsync()).LeafOf("orders").Serial);

        Assert.Equal((403, "wrong-service"), await caller.AskAsync($"{gateway.Local.Values["CUSTOMERS_URL"]}/customers/ada"));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Call_WithoutTls_IsNotAnswered(string url, string path)
    {
        using var client = Http.NewClient(gateway.Local.Values[url].Replace("https:", "http:", StringComparison.Ordinal));

        await Assert.ThrowsAsync<HttpRequestException>(() => client.SendAsync("GET", path));
    }

    [Fact]
    public async Task Call_ThroughTheFrontDoor_ProvesTheGateway()
    {
        using var response = await gateway.Client.SendAsync("GET", "/echo", $"X-Api-Key: {gateway.ApiKey}");

        Assert.Equal("spiffe://local.internal/gateway", (await response.JsonAsync()).GetProperty("caller").GetString());
    }
}
