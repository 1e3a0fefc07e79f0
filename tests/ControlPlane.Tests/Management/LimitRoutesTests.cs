using System.Net;
using System.Text.Json.Nodes;
using ControlPlane.Limits;
using ControlPlane.Tests.Limits;

namespace ControlPlane.Tests.Management;

public sealed class LimitRoutesTests
{
    private const string Path = "/limits/per-both/state?key=acme&key=route%20list";

    [Fact]
    public async Task Show_OfAKeyOfSeveralParts_AnswersAsDescribed()
    {
        await using var server = await StartAsync();

        var (response, state) = await server.SendAsync("GET", Path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(
            """
            {"limit":"per-both","key":["consumer acme","route list"],"at":"2026-01-01T00:00:00+00:00","ledgers":[{"kind":"rolling","total":10,"available":0,
            "nextFree":"2026-01-01T00:00:05+00:00","epoch":"0000000000000abc","revision":3,"shards":[{"shard":0,"limit":10,"available":0,
            "granted":[{"count":10,"ends":"2026-01-01T00:00:01+00:00","counts":"2026-01-01T00:00:05+00:00"}],"base":"2026-01-01T00:00:00+00:00","commits":5}]}]}
            """.ReplaceLineEndings(""),
            Text(state));
    }

    [Fact]
    public async Task Reset_OnceAndAgain_IsDoneAndThen404()
    {
        await using var server = await StartAsync();

        var (first, reset) = await server.SendAsync("DELETE", Path);
        var (again, problem) = await server.SendAsync("DELETE", Path);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (first.StatusCode, again.StatusCode));
        Assert.Equal($$"""{"limit":"per-both","key":["consumer acme","route list"],"rows":1,"note":"{{LimitDesk.ResetNote}}"}""", Text(reset));
        Assert.Equal("/problems/no-limit-state", (string)problem!["type"]!);
        Assert.Empty(server.Tables["limits"].Rows);
    }

    [Theory]
    [InlineData("/limits/per-both/state?key=route%20list&key=acme", 404)]
    [InlineData("/limits/per-both/state", 404)]
    [InlineData("/limits/per-both/state?key=", 400)]
    [InlineData("/limits/per-both/state?kye=acme&key=route%20list", 400)]
    [InlineData("/limits/%0a/state", 400)]
    public async Task Key_OtherOrWrong_IsAProblemAndRemovesNothing(string path, int status)
    {
        await using var server = await StartAsync();

        var (shown, _) = await server.SendAsync("GET", path);
        var (reset, _) = await server.SendAsync("DELETE", path);

        Assert.Equal((status, status), ((int)shown.StatusCode, (int)reset.StatusCode));
        Assert.Single(server.Tables["limits"].Rows);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task Storage_Away_Is503(string method)
    {
        await using var server = await StartAsync();
        server.Tables.IsAway = true;

        var (response, problem) = await server.SendAsync(method, Path);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "/problems/storage-away"), (response.StatusCode, (string)problem!["type"]!));
    }

    [Fact]
    public async Task Row_Damaged_Is500ThatNamesRowAndColumn()
    {
        await using var server = await StartAsync();
        server.Tables["limits"].Plant(new(server.Tables["limits"].Rows[0].ToDictionary()) { ["Ledger"] = "x" });

        var (response, problem) = await server.SendAsync("GET", Path);

        Assert.Equal((HttpStatusCode.InternalServerError, "/problems/record-damaged"), (response.StatusCode, (string)problem!["type"]!));
        Assert.Contains("column Ledger", (string)problem["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_AreLogged_WithTheLimitAndWithoutTheKey()
    {
        await using var server = await StartAsync();

        await server.SendAsync("DELETE", Path);

        Assert.Contains(server.Log.Lines, line => line.Contains("Management DELETE /limits/{limit}/state on \"per-both\" by manage-key ", StringComparison.Ordinal));
        Assert.DoesNotContain(server.Log.Lines, line => line.Contains("Management", StringComparison.Ordinal) && line.Contains("acme", StringComparison.Ordinal));
    }

    private static async Task<ManagementServer> StartAsync()
    {
        var server = await ManagementServer.StartAsync();
        server.Tables["limits"].Plant(LedgerRows.Rolling("per-both", "consumer acme\nroute list", LedgerRows.Row with { Granted = [new(LedgerRows.Slot(0), 10)] }));
        return server;
    }

    private static string Text(JsonNode? body) => body!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
