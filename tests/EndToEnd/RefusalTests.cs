using System.Net;
using System.Net.Http.Headers;
using System.Text;
using EndToEnd.Harness;

namespace EndToEnd;

/// <summary>What a client sees of each refusal that the deployed configuration can raise.</summary>
[Collection(SharedGateway.Name)]
public sealed class RefusalTests(GatewayUnderTest gateway)
{
    private string Key => $"X-Api-Key: {gateway.ApiKey}";

    [Fact]
    public async Task Orders_WithoutCredential_Are401WithBothChallenges()
    {
        using var response = await gateway.Client.SendAsync("GET", "/orders");

        await response.ProblemAsync(401, "credentials-missing");
        var challenges = response.Headers.WwwAuthenticate.Select(challenge => challenge.Scheme).ToList();
        Assert.Contains("ApiKey", challenges);
        Assert.Contains("Bearer", challenges);
    }

    [Theory]
    [InlineData("/orders", "X-Api-Key: sgw_test_nonsense")]
    [InlineData("/orders", "Authorization: Bearer a.b.c")]
    [InlineData("/public/echo/", "X-Api-Key: sgw_test_nonsense")]
    public async Task BadCredential_EvenWhereNoneIsNeeded_Is401(string path, string credential)
    {
        using var response = await gateway.Client.SendAsync("GET", path, credential);

        await response.ProblemAsync(401, "credentials-invalid");
        Assert.NotEmpty(response.Headers.WwwAuthenticate);
    }

    [Fact]
    public async Task Token_Expired_Is401()
    {
        var token = await Issuer.TokenAsync(gateway["ISSUER_URL"], ("scopes", "orders.read"), ("expires", "-5m"));

        using var response = await gateway.Client.SendAsync("GET", "/orders", $"Authorization: Bearer {token}");

        await response.ProblemAsync(401, "credentials-invalid");
    }

    [Fact]
    public async Task Token_ForSomebodyElse_Is401()
    {
        var token = await Issuer.TokenAsync(gateway["ISSUER_URL"], ("scopes", "orders.read"), ("audience", "another-api"));

        using var response = await gateway.Client.SendAsync("GET", "/orders", $"Authorization: Bearer {token}");

        await response.ProblemAsync(401, "credentials-invalid");
    }

    [Fact]
    public async Task Token_WithoutTheScope_Is403AndNamesTheRule()
    {
        var token = await Issuer.TokenAsync(gateway["ISSUER_URL"], ("scopes", "customers.read"));

        using var response = await gateway.Client.SendAsync("GET", "/orders", $"Authorization: Bearer {token}");

        var problem = await response.ProblemAsync(403, "forbidden");
        Assert.Contains("scopes", problem.GetProperty("rule").GetString(), StringComparison.Ordinal);
        Assert.Contains("insufficient_scope", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_WithoutTheScope_Is403()
    {
        var key = await new Management(gateway["MANAGE_URL"], gateway["MANAGE_KEY"]).NewKeyAsync("customers.read");

        using var response = await gateway.Client.SendAsync("GET", "/orders", $"X-Api-Key: {key}");

        await response.ProblemAsync(403, "forbidden");
    }

    [Theory]
    [InlineData("/nowhere")]
    [InlineData("/Orders")]
    [InlineData("/orders/")]
    [InlineData("/orders/o-1001/more")]
    public async Task UnknownPath_Is404(string path)
    {
        using var response = await gateway.Client.SendAsync("GET", path, Key);

        await response.ProblemAsync(404, "no-route");
    }

    [Fact]
    public async Task OtherMethod_Is405WithAllow()
    {
        using var response = await gateway.Client.SendAsync("DELETE", "/orders", Key);

        await response.ProblemAsync(405, "method-not-allowed");
        Assert.Contains("GET", response.Content.Headers.Allow);
        Assert.Contains("POST", response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task BodyBeyondTheLimit_Is413(bool withLength)
    {
        using var request = Http.Request("POST", "/orders", Key);
        request.Content = new ByteArrayContent(new byte[(64 * 1024) + 1]);
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TransferEncodingChunked = !withLength;

        using var response = await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);

        await response.ProblemAsync(413, "request-too-large");
    }

    [Fact]
    public async Task BodyOfAnotherType_Is415()
    {
        using var request = Http.Request("POST", "/orders", Key);
        request.Content = new StringContent("{}", Encoding.UTF8, "text/plain");

        using var response = await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);

        await response.ProblemAsync(415, "unsupported-media-type");
        Assert.Equal("application/json", response.Headers.GetValues("Accept").Single());
    }

    [Theory]
    [InlineData("/echo/%zz")]
    [InlineData("/echo/%00")]
    [InlineData("/echo/..%2f..%2f..%2f/%2e%2e/../../../x")]
    [InlineData("/echo/a\\b")]
    public async Task PathThatNoHonestClientSends_IsNotForwarded(string path)
    {
        using var connection = await RawConnection.OpenAsync(gateway["GATEWAY_URL"]);

        await connection.SendAsync($"GET {path} HTTP/1.1\r\nHost: localhost\r\n{Key}\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 400 ", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task BothLengthAndChunked_IsNotForwarded()
    {
        using var connection = await RawConnection.OpenAsync(gateway["GATEWAY_URL"]);

        await connection.SendAsync($"POST /echo/ HTTP/1.1\r\nHost: localhost\r\n{Key}\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /echo/smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n");

        var answer = await connection.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("smuggled", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BeyondTheLimit_Is429WithWhenToComeBack()
    {
        var key = await new Management(gateway["MANAGE_URL"], gateway["MANAGE_KEY"]).NewKeyAsync();
        HttpResponseMessage? refused = null;

        // 100 per 10s: far more than fit are sent, so that one is refused however slow the machine is.
        for (var i = 0; i < 2000 && refused is null; i++)
        {
            var response = await gateway.Client.SendAsync("GET", "/echo/", $"X-Api-Key: {key}");
            refused = response.StatusCode == HttpStatusCode.OK ? null : response;
        }

        Assert.NotNull(refused);
        var problem = await refused.ProblemAsync(429, "rate-limited");
        Assert.Contains("per-consumer", problem.GetProperty("violated-policies").GetRawText(), StringComparison.Ordinal);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(11));
        using var other = await gateway.Client.SendAsync("GET", "/echo/", Key);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task ProblemPage_OfEachSlug_SaysWhatToDo()
    {
        using var missing = await gateway.Client.SendAsync("GET", "/nowhere");
        var type = (await missing.ProblemAsync(404, "no-route")).GetProperty("type").GetString()!;

        using var page = await gateway.Client.SendAsync("GET", new Uri(gateway.Client.BaseAddress!, type).PathAndQuery, "Accept: text/html");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal(new MediaTypeHeaderValue("text/html").MediaType, page.Content.Headers.ContentType?.MediaType);
        Assert.Contains("no-route", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
