using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using EndToEnd.Harness;

namespace EndToEnd;

/// <summary>Every route of the deployed configuration, as the README promises it.</summary>
[Collection(SharedGateway.Name)]
public sealed class SampleRoutesTests(GatewayUnderTest gateway)
{
    private string Key => $"X-Api-Key: {gateway.ApiKey}";

    private string Bearer => $"Authorization: Bearer {gateway.Token}";

    [Theory]
    [InlineData("X-Api-Key: {key}")]
    [InlineData("Authorization: ApiKey {key}")]
    [InlineData("Authorization: Bearer {token}")]
    public async Task Orders_WithEachCredential_AreListed(string credential)
    {
        var field = credential.Replace("{key}", gateway.ApiKey, StringComparison.Ordinal).Replace("{token}", gateway.Token, StringComparison.Ordinal);

        using var response = await gateway.Client.SendAsync("GET", "/orders", field);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var orders = (await response.JsonAsync()).GetProperty("orders").EnumerateArray();
        Assert.Contains(orders, order => order.GetProperty("id").GetString() == "o-1001");
    }

    [Fact]
    public async Task Order_Placed_CanBeReadBack()
    {
        using var request = Http.Request("POST", "/orders", Key);
        request.Content = JsonContent.Create(new { customer = "grace", item = "moth, taped", quantity = 1, price = 9.9 });
        using var created = await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);

        using var read = await gateway.Client.SendAsync("GET", created.Headers.Location!.OriginalString, Key);

        Assert.Equal("moth, taped", (await read.JsonAsync()).GetProperty("item").GetString());
    }

    [Fact]
    public async Task Order_Missing_IsTheServicesOwnAnswer()
    {
        using var response = await gateway.Client.SendAsync("GET", "/orders/o-none", Key);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("There is no order o-none.", (await response.JsonAsync()).GetProperty("error").GetString());
    }

    [Fact]
    public async Task Orders_Head_HasFieldsAndNoBody()
    {
        using var response = await gateway.Client.SendAsync("HEAD", "/customers/ada", Key);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Customer_WithKeyOrToken_IsTheSame()
    {
        using var byKey = await gateway.Client.SendAsync("GET", "/customers/ada", Key);
        using var byToken = await gateway.Client.SendAsync("GET", "/customers/ada", Bearer);

        Assert.Equal("Ada Lovelace", (await byKey.JsonAsync()).GetProperty("name").GetString());
        Assert.Equal("Ada Lovelace", (await byToken.JsonAsync()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Overview_IsPutTogetherFromItsParts()
    {
        using var response = await gateway.Client.SendAsync("GET", "/overview/ada", Key);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var overview = await response.JsonAsync();
        Assert.Equal("Ada Lovelace", overview.GetProperty("profile").GetProperty("name").GetString());
        Assert.All(overview.GetProperty("orders").GetProperty("orders").EnumerateArray(), order => Assert.Equal("ada", order.GetProperty("customer").GetString()));
        Assert.Equal(300, overview.GetProperty("loyalty").GetProperty("points").GetInt32());
        Assert.False(overview.TryGetProperty("_errors", out _));
    }

    [Fact]
    public async Task Overview_WithoutItsOptionalPart_SaysSo()
    {
        using var response = await gateway.Client.SendAsync("GET", "/overview/edsger", Key);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var overview = await response.JsonAsync();
        Assert.Equal(System.Text.Json.JsonValueKind.Null, overview.GetProperty("loyalty").ValueKind);
        Assert.Contains("loyalty", overview.GetProperty("_errors").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overview_WithoutARequiredPart_IsAProblemThatNamesIt()
    {
        using var response = await gateway.Client.SendAsync("GET", "/overview/nobody", Key);

        var problem = await response.ProblemAsync(502, "part-failed");
        Assert.Equal("profile", problem.GetProperty("part").GetString());
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("PROPFIND")]
    public async Task Echo_OfAnyMethod_SeesTheRequestAsItWasSent(string method)
    {
        using var request = Http.Request(method, "/echo/a%2Fb/%C3%A9;v=1//c?q=a%20b&q=%2F", Key, "X-Custom: kept");
        var body = Encoding.UTF8.GetBytes(new string('x', 70_000));
        request.Content = method == "GET" ? null : new ByteArrayContent(body);

        using var response = await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var seen = await response.JsonAsync();
        Assert.Equal(method, seen.GetProperty("method").GetString());
        Assert.Equal("/echo/a%2Fb/%C3%A9;v=1//c", seen.GetProperty("path").GetString());
        Assert.Equal("?q=a%20b&q=%2F", seen.GetProperty("query").GetString());
        Assert.Equal("kept", seen.GetProperty("headers").GetProperty("x-custom")[0].GetString());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(method == "GET" ? [] : body)), seen.GetProperty("body").GetProperty("sha256").GetString());
    }

    [Fact]
    public async Task Echo_SeesWhoCalls_AndNoCredential()
    {
        using var byKey = await gateway.Client.SendAsync("GET", "/echo/", Key, "Gateway-Consumer: forged", "gateway_plan: forged", "X-Forwarded-For: 1.2.3.4");
        using var byToken = await gateway.Client.SendAsync("GET", "/echo/", Bearer);

        var keyHeaders = (await byKey.JsonAsync()).GetProperty("headers");
        Assert.Equal("dev", keyHeaders.GetProperty("gateway-consumer")[0].GetString());
        Assert.Equal("apiKey", keyHeaders.GetProperty("gateway-auth")[0].GetString());
        Assert.False(keyHeaders.TryGetProperty("x-api-key", out _));
        Assert.DoesNotContain("forged", keyHeaders.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("1.2.3.4", keyHeaders.GetRawText(), StringComparison.Ordinal);
        var tokenHeaders = (await byToken.JsonAsync()).GetProperty("headers");
        Assert.Equal("local:dev", tokenHeaders.GetProperty("gateway-consumer")[0].GetString());
        Assert.Equal("dev", tokenHeaders.GetProperty("gateway-subject")[0].GetString());
        Assert.False(tokenHeaders.TryGetProperty("authorization", out _));
    }

    [Fact]
    public async Task PublicEcho_NeedsNoCredential()
    {
        using var response = await gateway.Client.SendAsync("GET", "/public/echo/hello?name=you");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("/public/echo/hello", (await response.JsonAsync()).GetProperty("path").GetString());
    }

    [Fact]
    public async Task Ping_IsAnsweredFromTheConfiguration()
    {
        using var response = await gateway.Client.SendAsync("GET", "/ping");

        Assert.True((await response.JsonAsync()).GetProperty("ok").GetBoolean());
    }

    [Fact]
    public async Task OldItem_IsSentToItsNewPlace()
    {
        using var response = await gateway.Client.SendAsync("GET", "/item.aspx?id=o%2F1");

        Assert.Equal(HttpStatusCode.MovedPermanently, response.StatusCode);
        Assert.Equal("/orders/o%2F1", response.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Orders_Preflight_IsAnsweredWithoutCredential()
    {
        using var response = await gateway.Client.SendAsync("OPTIONS", "/orders", "Origin: http://localhost:3000", "Access-Control-Request-Method: POST", "Access-Control-Request-Headers: authorization,content-type");

        Assert.True(response.IsSuccessStatusCode);
        Assert.Equal("http://localhost:3000", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    [Theory]
    [InlineData("/_gateway/live")]
    [InlineData("/_gateway/ready")]
    public async Task OwnEndpoints_OfAStartedGateway_AreWell(string path)
    {
        using var response = await gateway.Client.SendAsync("GET", path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
