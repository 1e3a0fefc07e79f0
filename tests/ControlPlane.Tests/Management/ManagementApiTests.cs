using System.Net;

namespace ControlPlane.Tests.Management;

public sealed class ManagementApiTests
{
    [Fact]
    public async Task Consumers_AddShowChangeSuspendResumeRemove_AnswerAsDescribed()
    {
        await using var server = await ManagementServer.StartAsync();

        var (added, consumer) = await server.SendAsync("POST", "/consumers", """{"name":"alice","plan":"gold","groups":["partners"]}""");
        var (again, _) = await server.SendAsync("POST", "/consumers", """{"name":"alice"}""");
        var (_, changed) = await server.SendAsync("PATCH", "/consumers/alice", """{"plan":null}""");
        var (_, suspended) = await server.SendAsync("POST", "/consumers/alice/suspend");
        var (_, resumed) = await server.SendAsync("POST", "/consumers/alice/resume");
        var (removed, _) = await server.SendAsync("DELETE", "/consumers/alice");
        var (missing, _) = await server.SendAsync("GET", "/consumers/alice");

        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        Assert.Equal("""{"name":"alice","plan":"gold","groups":["partners"],"suspended":false,"created":"2026-01-01T00:00:00+00:00"}""", consumer!.ToJsonString(Relaxed));
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Null(changed!["plan"]);
        Assert.Equal("partners", (string)changed["groups"]![0]!);
        Assert.True((bool)suspended!["suspended"]!);
        Assert.False((bool)resumed!["suspended"]!);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Theory]
    [InlineData("entra:0f3a")]
    [InlineData("auth0|1 2")]
    [InlineData("https://id.example/a?b#c")]
    [InlineData("a%b")]
    [InlineData("a\\b")]
    public async Task Consumers_NameOfAnyPrintableText_IsFoundByItsUrl(string name)
    {
        await using var server = await ManagementServer.StartAsync();
        await server.SendAsync("POST", "/consumers", $$"""{"name":{{System.Text.Json.JsonSerializer.Serialize(name)}}}""");

        var (response, consumer) = await server.SendAsync("GET", $"/consumers/{Uri.EscapeDataString(name)}");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(name, (string)consumer!["name"]!);
    }

    [Fact]
    public async Task Keys_CreateListRotateRevoke_AnswerAsDescribed()
    {
        await using var server = await ManagementServer.StartAsync();
        await server.SendAsync("POST", "/consumers", """{"name":"alice"}""");

        var (created, key) = await server.SendAsync("POST", "/consumers/alice/keys", """{"label":"ci","scopes":["orders.read"],"expires":"2027-01-01T00:00:00Z","kind":"test"}""");
        var (rotated, successor) = await server.SendAsync("POST", $"/keys/{key!["id"]}/rotate", """{"overlapSeconds":60}""");
        var (revoked, _) = await server.SendAsync("DELETE", $"/keys/{successor!["id"]}");
        var (_, list) = await server.SendAsync("GET", "/consumers/alice/keys");
        var (_, all) = await server.SendAsync("GET", "/keys");

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.StartsWith($"sgw_test_{key["id"]}", (string)key["key"]!, StringComparison.Ordinal);
        Assert.Equal($"sgw_test_{key["id"]}", (string)key["prefix"]!);
        Assert.Equal(HttpStatusCode.Created, rotated.StatusCode);
        Assert.Equal("orders.read", (string)successor["scopes"]![0]!);
        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        Assert.Equal("2026-01-01T00:01:00+00:00", (string)list!["keys"]![0]!["expires"]!);
        Assert.NotNull(list["keys"]![1]!["revoked"]);
        Assert.Equal(2, all!["keys"]!.AsArray().Count);
        Assert.DoesNotContain("\"key\"", all.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_CreateAndRotateWithoutBody_TakeTheDefaults()
    {
        await using var server = await ManagementServer.StartAsync();
        await server.SendAsync("POST", "/consumers", """{"name":"alice"}""");

        var (created, key) = await server.SendAsync("POST", "/consumers/alice/keys");
        var (rotated, _) = await server.SendAsync("POST", $"/keys/{key!["id"]}/rotate");
        var (_, list) = await server.SendAsync("GET", "/keys");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (created.StatusCode, rotated.StatusCode));
        Assert.StartsWith("sgw_live_", (string)key["key"]!, StringComparison.Ordinal);
        Assert.Contains(list!["keys"]!.AsArray(), listed => (string?)listed!["expires"] == "2026-01-02T00:00:00+00:00");
    }

    [Theory]
    [InlineData("POST", "/consumers", """{"name":"a","plna":"gold"}""", "plna")]
    [InlineData("POST", "/consumers", """{"name":"a","name":"b"}""", "\"name\" stands here twice")]
    [InlineData("POST", "/consumers", """{"name":5}""", "name")]
    [InlineData("POST", "/consumers", """{"name":""}""", "name")]
    [InlineData("POST", "/consumers", """{"name":"a\nb"}""", "name")]
    [InlineData("POST", "/consumers", """{"name":".."}""", "name")]
    [InlineData("POST", "/consumers", """{"name":"a%2Fb"}""", "name")]
    [InlineData("POST", "/consumers", """{"name":"a","groups":["x,y"]}""", "groups")]
    [InlineData("POST", "/consumers", """{"name":"a","groups":["x","x"]}""", "groups")]
    [InlineData("POST", "/consumers", """{"name":"a","groups":[null]}""", "groups")]
    [InlineData("POST", "/consumers", """{"name":"a",""", "well-formed")]
    [InlineData("POST", "/consumers", "[]", "object")]
    [InlineData("POST", "/consumers", null, "body")]
    [InlineData("PATCH", "/consumers/alice", """{"SetsPlan":true}""", "SetsPlan")]
    [InlineData("PATCH", "/consumers/alice", """{"setsPlan":true}""", "setsPlan")]
    [InlineData("POST", "/consumers/alice/keys", """{"expires":"2025-12-31T00:00:00Z"}""", "expires")]
    [InlineData("POST", "/consumers/alice/keys", """{"expires":"2027-12-31T00:00:00"}""", "expires")]
    [InlineData("POST", "/consumers/alice/keys", """{"expires":"next week"}""", "expires")]
    [InlineData("POST", "/consumers/alice/keys", """{"kind":"prod"}""", "kind")]
    [InlineData("POST", "/consumers/alice/keys", """{"scopes":["a b"]}""", "scopes")]
    [InlineData("POST", "/consumers/alice/keys", """{"label":"a\u0000"}""", "label")]
    [InlineData("POST", "/keys/abcdefghij/rotate", """{"overlapSeconds":-1}""", "overlapSeconds is below zero")]
    [InlineData("POST", "/keys/abcdefghij/rotate", """{"overlapSeconds":7776001}""", "overlapSeconds is too large: give a whole number from 0 to 7776000 (90 days).")]
    [InlineData("POST", "/keys/abcdefghij/rotate", """{"overlapSeconds":99999999999}""", "overlapSeconds is too large")]
    [InlineData("POST", "/keys/abcdefghij/rotate", """{"overlapSeconds":1e400}""", "overlapSeconds is too large")]
    [InlineData("POST", "/keys/abcdefghij/rotate", """{"overlapSeconds":0.5}""", "overlapSeconds is not a whole number")]
    [InlineData("POST", "/keys/abcdefghij/rotate", """{"overlapSeconds":"60"}""", "\"overlapSeconds\" is of the wrong kind")]
    [InlineData("POST", "/consumers", """{"name":"a","groups":[{"a":1,"a":2}]}""", "groups")]
    public async Task Body_NotValid_Is400ThatNamesTheMember(string method, string path, string? json, string named)
    {
        await using var server = await ManagementServer.StartAsync();
        await server.SendAsync("POST", "/consumers", """{"name":"alice"}""");

        var (response, problem) = await server.SendAsync(method, path, json);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains(named, (string)problem!["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_TooLarge_Is413()
    {
        await using var server = await ManagementServer.StartAsync();

        var (response, _) = await server.SendAsync("POST", "/consumers", $$"""{"name":"{{new string('a', 70_000)}}"}""");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded")] // what curl says unless told otherwise
    [InlineData(null)]
    public async Task Body_NotSaidToBeJson_Is415ThatSaysWhatToSend(string? type)
    {
        await using var server = await ManagementServer.StartAsync();

        using var content = new ByteArrayContent("""{"name":"alice"}"""u8.ToArray());
        content.Headers.ContentType = type is null ? null : new(type);
        var response = await server.Client.PostAsync("/consumers", content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Contains("Send Content-Type: application/json and a JSON object with name, plan, groups.", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer wrong")]
    [InlineData("Bearer")]
    [InlineData("Basic " + ManagementServer.Key)]
    [InlineData(ManagementServer.Key)]
    public async Task Key_MissingOrWrong_Is401AndNothingIsRead(string? authorization)
    {
        await using var server = await ManagementServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/consumers");
        request.Headers.TryAddWithoutValidation("Authorization", authorization);

        var response = await server.Anonymous.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
        Assert.Equal(0, server.Tables.Calls);
    }

    [Theory]
    [InlineData("GET", "/nothing", 404)]
    [InlineData("GET", "/", 404)]
    [InlineData("PUT", "/consumers", 405)]
    [InlineData("GET", "/keys/abcdefghij/rotate", 405)]
    public async Task Path_OrMethodUnknown_IsAProblem(string method, string path, int status)
    {
        await using var server = await ManagementServer.StartAsync();

        var (response, problem) = await server.SendAsync(method, path);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status, (int)problem!["status"]!);
        Assert.Equal(status == 405, response.Content.Headers.Allow.Count > 0);
    }

    [Fact]
    public async Task Storage_Away_Is503WithRetryAfter()
    {
        await using var server = await ManagementServer.StartAsync();
        server.Tables.IsAway = true;

        var (response, problem) = await server.SendAsync("POST", "/consumers", """{"name":"alice"}""");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Equal("/problems/storage-away", (string)problem!["type"]!);
    }

    [Fact]
    public async Task Storage_Silent_Is503AfterTheDeadline()
    {
        await using var server = await ManagementServer.StartAsync();
        server.Tables.IsSilent = true;

        var answer = server.SendAsync("GET", "/consumers/alice");
        while (server.Tables.Calls == 0)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.False(answer.IsCompleted);
        server.Time.Advance(TimeSpan.FromSeconds(25));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await answer).Response.StatusCode);
    }

    [Fact]
    public async Task Record_Damaged_Is500ThatNamesRowAndColumn()
    {
        await using var server = await ManagementServer.StartAsync();
        await server.SendAsync("POST", "/consumers", """{"name":"alice"}""");
        var table = server.Tables["consumers"];
        table.Plant(new(table.Rows[0].ToDictionary()) { ["Groups"] = 5 });

        var (response, problem) = await server.SendAsync("GET", "/consumers/alice");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Contains("column Groups", (string)problem!["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_AreLogged_WithWhoAndWhatAndNoSecret()
    {
        await using var server = await ManagementServer.StartAsync();

        await server.SendAsync("POST", "/consumers", """{"name":"alice"}""");
        var (response, key) = await server.SendAsync("POST", "/consumers/alice/keys");
        await server.Anonymous.GetAsync(new Uri("/consumers", UriKind.Relative), TestContext.Current.CancellationToken);

        var call = response.Headers.GetValues("X-Request-Id").Single();
        Assert.Contains(server.Log.Lines, line => line.Contains("POST /consumers/{name}/keys on \"alice\" by manage-key ", StringComparison.Ordinal) && line.Contains($": 201 ({call})", StringComparison.Ordinal));
        Assert.Contains(server.Log.Lines, line => line.Contains("Management GET /consumers by nobody: 401", StringComparison.Ordinal));
        Assert.DoesNotContain(server.Log.Lines, line => line.Contains(ManagementServer.Key, StringComparison.Ordinal));
        Assert.DoesNotContain(server.Log.Lines, line => line.Contains((string)key!["key"]!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Target_WithControlCharacters_IsNotLogged()
    {
        await using var server = await ManagementServer.StartAsync();

        await server.SendAsync("GET", "/consumers/a%0d%0aforged");

        Assert.DoesNotContain(server.Log.Lines, line => line.Contains("Management", StringComparison.Ordinal) && line.Contains("forged", StringComparison.Ordinal));
        Assert.Contains(server.Log.Lines, line => line.Contains("(not a name)", StringComparison.Ordinal));
    }

    private static readonly System.Text.Json.JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
