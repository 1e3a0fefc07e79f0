using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Records.Releases;

namespace ControlPlane.Tests.Management;

public sealed class ReleaseRoutesTests : IAsyncLifetime
{
    private const string SecretText = "version: 1 # text-canary";

    private ManagementServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ManagementServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Release_LivesItsLife()
    {
        var (added, release) = await _server.SendAsync("POST", "/releases", Body(SecretText));
        var (again, _) = await _server.SendAsync("POST", "/releases", Body(SecretText));
        var id = (string)release!["id"]!;
        var (_, moved) = await _server.SendAsync("POST", $"/releases/{id}/activate", """{"note":"first"}""");
        var (_, list) = await _server.SendAsync("GET", "/releases");
        var (_, shown) = await _server.SendAsync("GET", $"/releases/{id}");
        var (cleared, none) = await _server.SendAsync("DELETE", "/releases/current");
        var (nothing, _) = await _server.SendAsync("DELETE", "/releases/current");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (added.StatusCode, again.StatusCode));
        Assert.Equal(Release.Of(SecretText).Id, id);
        Assert.Equal((id, null, true, "first"), ((string)moved!["release"]!, (string?)moved["replaced"], (bool)moved["changed"]!, (string)moved["note"]!));
        Assert.StartsWith("manage-key ", (string)moved["by"]!, StringComparison.Ordinal);
        Assert.Equal((id, true), ((string)list!["current"]!["release"]!, (bool)list["releases"]![0]!["current"]!));
        Assert.Equal((SecretText, "first"), ((string)shown!["text"]!, (string)shown["release"]!["note"]!));
        Assert.Equal((HttpStatusCode.OK, null, id), (cleared.StatusCode, (string?)none!["release"], (string)none["replaced"]!));
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
        Assert.DoesNotContain(_server.Log.Lines, line => line.Contains("text-canary", StringComparison.Ordinal) || line.Contains(ManagementServer.Key, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("If-Match", "\"current\"", HttpStatusCode.OK)]
    [InlineData("If-Match", "\"000000000000\"", HttpStatusCode.Conflict)]
    [InlineData("If-None-Match", "*", HttpStatusCode.Conflict)]
    [InlineData("If-Match", "000000000000", HttpStatusCode.BadRequest)]
    [InlineData("If-Match", "*", HttpStatusCode.BadRequest)]
    [InlineData("If-None-Match", "\"000000000000\"", HttpStatusCode.BadRequest)]
    public async Task Expectation_OfTheCurrentRelease_DecidesTheMove(string field, string value, HttpStatusCode status)
    {
        var (one, two) = (await AddAsync("one"), await AddAsync("two"));
        await _server.SendAsync("POST", $"/releases/{one}/activate");

        var activated = await MoveAsync(HttpMethod.Post, $"/releases/{two}/activate");
        var cleared = await MoveAsync(HttpMethod.Delete, "/releases/current");

        Assert.Equal(status, activated.StatusCode);
        Assert.Equal(status == HttpStatusCode.OK ? HttpStatusCode.Conflict : status, cleared.StatusCode);
        if (status == HttpStatusCode.Conflict)
        {
            var problem = (await activated.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!;
            Assert.Equal("/problems/release-moved", (string)problem["type"]!);
            Assert.StartsWith($"The current release is {one} since 2026-01-01T00:00:00Z, by manage-key ", (string)problem["detail"]!, StringComparison.Ordinal);
        }

        async Task<HttpResponseMessage> MoveAsync(HttpMethod method, string path)
        {
            using var request = new HttpRequestMessage(method, path);
            Assert.True(request.Headers.TryAddWithoutValidation(field, value.Replace("current", one, StringComparison.Ordinal)));
            return await _server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        }
    }

    [Theory]
    [InlineData("/releases?limit=0")]
    [InlineData("/releases?limit=501")]
    [InlineData("/releases?limit=x")]
    [InlineData("/releases?other=1")]
    public async Task List_WithAnotherQuery_IsRefused(string path) => Assert.Equal(HttpStatusCode.BadRequest, (await _server.SendAsync("GET", path)).Response.StatusCode);

    [Fact]
    public async Task Text_OfAMegabyte_IsTaken_AndOneByteMoreIsNot()
    {
        var longest = new string('"', Release.MostBytes / 2) + new string('x', Release.MostBytes / 2);

        Assert.Equal(HttpStatusCode.Created, (await _server.SendAsync("POST", "/releases", Body(longest))).Response.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await _server.SendAsync("POST", "/releases", Body(longest + "x"))).Response.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await _server.SendAsync("POST", "/releases", Body(new('x', 5 * 1024 * 1024)))).Response.StatusCode);
    }

    [Fact]
    public async Task Storage_Away_Is503()
    {
        _server.Releases.IsAway = true;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _server.SendAsync("GET", "/releases")).Response.StatusCode);
    }

    private async Task<string> AddAsync(string text) => (string)(await _server.SendAsync("POST", "/releases", Body(text))).Body!["id"]!;

    private static string Body(string text) => new JsonObject { ["text"] = text }.ToJsonString();
}
