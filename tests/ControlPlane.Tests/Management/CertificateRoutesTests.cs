using System.Net;
using System.Text.Json.Nodes;
using ControlPlane.Tests.Certificates;
using Tests.Shared;

namespace ControlPlane.Tests.Management;

public sealed class CertificateRoutesTests : IAsyncLifetime
{
    private static readonly (string Method, string Path, string? Body)[] Calls =
    [
        ("GET", "/certificates", null),
        ("POST", "/certificates/orders/rotations", null),
        ("POST", "/authority/rotations", null),
        ("POST", "/certificates/revocations", $$"""{"serial":"{{FakeCertificateDesk.OrdersSerial}}"}"""),
        ("GET", "/rotations", null),
        ("GET", "/rotations/r1", null),
        ("GET", "/trust-bundle", null),
    ];

    private FakeCertificateDesk _mesh = null!;
    private ManagementServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ManagementServer.StartAsync(time => _mesh = new(time));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Show_OfAMesh_AnswersAsDescribed()
    {
        await _server.SendAsync("POST", "/certificates/orders/rotations");

        var (response, state) = await _server.SendAsync("GET", "/certificates");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["at", "trustDomain", "sequence", "issued", "authorities", "workloads", "peers", "refused"], Members(state));
        Assert.Equal("""{"id":"3fa9c2d1e0b7","serial":"0A11","signs":true,"issued":"2025-12-22T00:00:00+00:00","expires":"2026-12-22T00:00:00+00:00","rotation":null}""", Text(state!["authorities"]![0]));
        Assert.Equal(
            """
            {"service":"orders","inUse":{"version":"v7","serial":"4F1C9E02AB","authority":"3fa9c2d1e0b7","issued":"2025-12-31T23:00:00+00:00","expires":"2026-01-01T23:00:00+00:00"},
            "candidate":{"version":"v8","serial":"9B00112233","authority":"3fa9c2d1e0b7","issued":"2025-12-31T23:00:00+00:00","expires":"2026-01-01T23:00:00+00:00"},"peers":2,"acknowledged":1,
            "rotation":{"id":"r1","certificate":"orders","reason":"asked","started":"2026-01-01T00:00:00+00:00","finished":null,"outcome":"running","step":"Issue","detail":null}}
            """.ReplaceLineEndings(""),
            Text(state["workloads"]![1]));
        Assert.Equal("""{"service":"reports","inUse":null,"candidate":null,"peers":0,"acknowledged":0,"rotation":null}""", Text(state["workloads"]![2]));
        Assert.Equal(
            """{"service":"orders","instance":"o2","sequence":11,"heartbeat":"2025-12-31T23:59:56+00:00","serial":null,"acknowledged":false,"problem":"Its vault does not answer."}""",
            Text(state["peers"]![2]));
        Assert.Equal("""[{"serial":"C0FFEE","until":"2026-01-01T03:00:00+00:00"}]""", Text(state["refused"]));
    }

    [Theory]
    [InlineData("/certificates/orders/rotations", null, "orders", "asked")]
    [InlineData("/authority/rotations", null, "authority", "asked")]
    [InlineData("/certificates/revocations", """{"serial":"4F1C9E02AB"}""", "orders", "revoked")]
    [InlineData("/certificates/revocations", """{"serial":"77:d0:a1:b2:c3"}""", "echo", "revoked")]
    public async Task Wish_OnceAndAgain_Is202AndThenTheSameOne(string path, string? body, string certificate, string reason)
    {
        var (first, begun) = await _server.SendAsync("POST", path, body);
        var (again, same) = await _server.SendAsync("POST", path, body);

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.OK), (first.StatusCode, again.StatusCode));
        Assert.Equal((certificate, reason, "running"), ((string)begun!["certificate"]!, (string)begun["reason"]!, (string)begun["outcome"]!));
        Assert.Equal((Text(begun), false), (Text(same), begun.AsObject().ContainsKey("steps")));
    }

    [Theory]
    [InlineData("POST", "/certificates/nobody/rotations", null, 404, "no-workload")]
    [InlineData("POST", "/certificates/revocations", """{"serial":"ABCDEF"}""", 404, "no-certificate")]
    [InlineData("POST", "/certificates/revocations", """{"serial":"hello"}""", 400, "invalid")]
    [InlineData("POST", "/certificates/revocations", """{"serial":""}""", 400, "invalid")]
    [InlineData("POST", "/certificates/revocations", """{"serial":null}""", 400, "invalid")]
    [InlineData("POST", "/certificates/revocations", """{"serial":"11111111112222222222333333333344444444445"}""", 400, "invalid")]
    [InlineData("POST", "/certificates/revocations", """{"seriel":"ABCDEF"}""", 400, "invalid")]
    [InlineData("POST", "/certificates/revocations", null, 400, "invalid")]
    [InlineData("GET", "/rotations/r9", null, 404, "no-rotation")]
    [InlineData("GET", "/rotations?limit=0", null, 400, "invalid")]
    [InlineData("GET", "/rotations?limit=501", null, 400, "invalid")]
    [InlineData("GET", "/rotations?limit=1.5", null, 400, "invalid")]
    [InlineData("GET", "/rotations?limit=1&limit=2", null, 400, "invalid")]
    [InlineData("GET", "/rotations?certificate=", null, 400, "invalid")]
    [InlineData("GET", "/rotations?service=orders", null, 400, "invalid")]
    [InlineData("GET", "/certificates/orders/rotations", null, 405, "method-not-allowed")]
    public async Task Call_ThatCannotBe_IsItsProblem(string method, string path, string? body, int status, string problem)
    {
        var (response, answer) = await _server.SendAsync(method, path, body);

        Assert.Equal((status, $"/problems/{problem}"), ((int)response.StatusCode, (string)answer!["type"]!));
    }

    [Fact]
    public async Task Rotations_OfOneAndOfAll_AreTheNewestFirstWithTheirSteps()
    {
        await _server.SendAsync("POST", "/certificates/orders/rotations");
        await _server.SendAsync("POST", "/certificates/echo/rotations");
        await _server.SendAsync("GET", "/rotations/r1");

        var (_, all) = await _server.SendAsync("GET", "/rotations");
        var (_, one) = await _server.SendAsync("GET", "/rotations?certificate=orders&limit=500");

        Assert.Equal(["list all 50", "list orders 500"], _mesh.Asked.TakeLast(2));
        Assert.Equal(["r2", "r1"], all!["rotations"]!.AsArray().Select(rotation => (string)rotation!["id"]!));
        Assert.Equal(
            """[{"name":"Issue","at":"2026-01-01T00:00:00+00:00","detail":null},{"name":"Canary","at":"2026-01-01T00:00:00+00:00","detail":null}]""",
            Text(one!["rotations"]!.AsArray().Single()!["steps"]));
    }

    [Fact]
    public async Task Rotation_RolledBack_SaysWhy()
    {
        _mesh.Failure = "orders/o2 never loaded it.";
        await _server.SendAsync("POST", "/certificates/orders/rotations");

        await _server.SendAsync("GET", "/rotations/r1");
        var (_, rotation) = await _server.SendAsync("GET", "/rotations/r1");

        Assert.Equal(("rolledBack", "Canary", "orders/o2 never loaded it."), ((string)rotation!["outcome"]!, (string)rotation["step"]!, (string)rotation["detail"]!));
        Assert.NotNull(rotation["finished"]);
    }

    [Fact]
    public async Task TrustBundle_IsAJwksDocument_ForCallersWithTheKeyOnly()
    {
        using var authority = new MeshAuthority(_server.Time.GetUtcNow());
        _mesh.Bundle = SpiffeBundleTests.BundleOf(authority.Root);

        var (response, bundle) = await _server.SendAsync("GET", "/trust-bundle");
        var refused = await _server.Anonymous.GetAsync(new Uri("/trust-bundle", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (response.StatusCode, refused.StatusCode));
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(Convert.ToBase64String(authority.Root.Certificate), (string)bundle!["keys"]![0]!["x5c"]![0]!);
    }

    [Fact]
    public async Task ControlPlane_WithoutAMesh_SaysWhatToDo()
    {
        await using var server = await ManagementServer.StartAsync();

        foreach (var (method, path, body) in Calls)
        {
            var (response, problem) = await server.SendAsync(method, path, body);

            Assert.Equal((HttpStatusCode.NotFound, "/problems/no-mesh"), (response.StatusCode, (string)problem!["type"]!));
            Assert.Contains("Give it a trust domain", (string)problem["detail"]!, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Mesh_NotBegun_Is503WithRetryAfter()
    {
        _mesh.Refusal = new(RefusalReason.MeshNotBegun, "No bundle yet.");

        await AssertAwayAsync("/problems/mesh-not-begun");
    }

    [Fact]
    public async Task Vault_Away_Is503WithRetryAfter()
    {
        _mesh.IsVaultAway = true;

        await AssertAwayAsync("/problems/vault-away");
        Assert.Contains(_server.Log.Lines, line => line.Contains("A vault does not answer", StringComparison.Ordinal));
    }

    private async Task AssertAwayAsync(string type)
    {
        foreach (var (method, path, body) in Calls)
        {
            var (response, problem) = await _server.SendAsync(method, path, body);

            Assert.Equal((HttpStatusCode.ServiceUnavailable, type), (response.StatusCode, (string)problem!["type"]!));
            Assert.Equal(TimeSpan.FromSeconds(2), response.Headers.RetryAfter?.Delta);
        }
    }

    private static IEnumerable<string> Members(JsonNode? node) => node!.AsObject().Select(member => member.Key);

    private static string Text(JsonNode? body) => body!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
