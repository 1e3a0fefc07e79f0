using Microsoft.Extensions.Time.Testing;

namespace Cli.Tests.Management.Releases;

public sealed class ReleaseCommandsTests : ManagementTests
{
    private const string Config = "version: 1\nroutes:\n  r: { match: GET /, auth: anonymous, respond: { text: hello } }\n";
    private const string Broken = "version: 1\nroutes:\n  r: { match: GET /, auth: anonymous, forward: nobody }\n";
    private const string Other = """{"id":"aaaaaaaaaaaa","hash":"aaaa","size":1536,"stored":"2026-11-01T07:00:00Z","current":true,"activated":"2026-11-01T07:59:00Z","by":"manage-key 1","note":"a \u001b[2J note"}""";
    private const string Older = """{"id":"bbbbbbbbbbbb","hash":"bbbb","size":90,"stored":"2026-11-01T06:00:00Z","current":false,"activated":null,"by":null,"note":null}""";
    private const string Move = """{"release":"aaaaaaaaaaaa","at":"2026-11-01T07:59:00Z","by":"manage-key 1","note":null}""";
    private const string List = $$"""{"current":{{Move}},"previous":"bbbbbbbbbbbb","releases":[{{Other}},{{Older}}],"moves":[{{Move}}]}""";
    private const string Nothing = """{"current":null,"previous":null,"releases":[],"moves":[]}""";

    public ReleaseCommandsTests() => Operator.Time = new FakeTimeProvider(new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Apply_LooksStoresAndMoves_OnlyFromWhatItSaw()
    {
        Operator.Write("gateway.yaml", Config);
        var id = (await Operator.RunAsync("validate", "gateway.yaml", "--json")).Json.GetProperty("release").GetString()!;
        Api.SaysInTurn(Operator.Stop, (200, List), (201, Other.Replace("aaaaaaaaaaaa", id, StringComparison.Ordinal)), (200, Moved(id, "\"aaaaaaaaaaaa\"")));

        var run = await Operator.RunAsync("apply", "gateway.yaml", "--note", "better");

        Assert.Equal((0, $"gateway.yaml is release {id}, in place of release aaaaaaaaaaaa (since 1m 0s, by manage-key 1)"), (run.Code, run.Out.Trim()));
        Assert.Contains("within 10 s. Back again with: gw rollback", run.Error);
        Assert.Equal(["GET /releases?limit=1", "POST /releases", $"POST /releases/{id}/activate"], Api.Calls);
        Assert.Equal(("\"aaaaaaaaaaaa\"", """{"note":"better"}"""), (Api.Condition, Api.Text));
    }

    [Theory]
    [InlineData(new string[0], "*")]
    [InlineData(new[] { "--expect", "cccccccccccc" }, "\"cccccccccccc\"")]
    [InlineData(new[] { "--expect", "none" }, "*")]
    public async Task Apply_WhereNothingIsCurrent_SaysSo(string[] options, string condition)
    {
        Operator.Write("gateway.yaml", Config);
        var id = (await Operator.RunAsync("validate", "gateway.yaml", "--json")).Json.GetProperty("release").GetString()!;
        Api.SaysInTurn(Operator.Stop, (200, Nothing), (201, Other.Replace("aaaaaaaaaaaa", id, StringComparison.Ordinal)), (200, Moved(id, "null")));

        var run = await Operator.RunAsync(["apply", "gateway.yaml", .. options]);

        Assert.EndsWith("in place of the packaged file", run.Out.Trim(), StringComparison.Ordinal);
        Assert.Contains("gw releases clear", run.Error);
        Assert.Equal(condition, Api.Condition);
    }

    [Fact]
    public async Task Apply_OfABrokenFile_ShowsEveryMistakeAtItsPlace_AndAsksNobody()
    {
        Operator.Write("gateway.yaml", Broken);
        Operator.Environment.Remove("MANAGE_URL");

        var run = await Operator.RunAsync("apply", "gateway.yaml");
        var json = await Operator.RunAsync("apply", "gateway.yaml", "--json");

        Assert.Equal((1, 1), (run.Code, json.Code));
        Assert.Contains("gateway.yaml:3:48: error: There is no service 'nobody'.", run.Out);
        Assert.StartsWith("gw: gateway.yaml is not applied.", run.Error, StringComparison.Ordinal);
        Assert.Equal((false, 3), (json.Json.GetProperty("valid").GetBoolean(), json.Json.GetProperty("errors")[0].GetProperty("line").GetInt32()));
        Assert.Empty(Api.Calls);
    }

    [Fact]
    public async Task Apply_WhenSomebodyElseWasQuicker_IsOneMessage()
    {
        Operator.Write("gateway.yaml", Config);
        var id = (await Operator.RunAsync("validate", "gateway.yaml", "--json")).Json.GetProperty("release").GetString()!;
        Api.SaysInTurn(
            Operator.Stop, (200, List), (200, Other.Replace("aaaaaaaaaaaa", id, StringComparison.Ordinal)),
            (409, """{"title":"Another release is current.","status":409,"detail":"The current release is cccccccccccc, by manage-key 2."}"""));

        var run = await Operator.RunAsync("apply", "gateway.yaml");

        Assert.Equal((1, "", "gw: Another release is current: The current release is cccccccccccc, by manage-key 2."), (run.Code, run.Out, run.Error.Trim()));
    }

    [Fact]
    public async Task Apply_ThatTheApiCallsOtherwise_MovesNothing()
    {
        Operator.Write("gateway.yaml", Config);
        Api.SaysInTurn(Operator.Stop, (200, List), (201, Other));

        var run = await Operator.RunAsync("apply", "gateway.yaml");

        Assert.Equal((1, ""), (run.Code, run.Out));
        Assert.Equal(2, Api.Calls.Count);
    }

    [Theory]
    [InlineData("apply gateway.yaml --expect x")]
    [InlineData("rollback --expect x")]
    [InlineData("rollback .")]
    [InlineData("releases show .")]
    [InlineData("releases clear")]
    [InlineData("releases nonsense")]
    public async Task Misuse_Is2_AndChangesNothing(string line)
    {
        Operator.Write("gateway.yaml", Config);
        Api.Says(200, List);

        var run = await Operator.RunAsync(line.Split(' '));

        Assert.Equal((2, ""), (run.Code, run.Out));
        Assert.DoesNotContain(Api.Calls, call => call.Contains("activate", StringComparison.Ordinal) || call.StartsWith("DELETE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task List_ShowsWhatServes_AndWhereARollbackGoes()
    {
        Api.Says(200, List);

        var run = await Operator.RunAsync("releases", "--limit", "7");

        Assert.Equal(
            """
            Release aaaaaaaaaaaa serves (since 1m 0s, by manage-key 1)
            RELEASE       STATE     ACTIVATED          BY            SIZE   STORED             NOTE
            aaaaaaaaaaaa  current   2026-11-01T07:59Z  manage-key 1  1.5KB  2026-11-01T07:00Z  a ?[2J note
            bbbbbbbbbbbb  previous  -                  -             90B    2026-11-01T06:00Z  -

            """.Replace('?', '\uFFFD'),
            run.Out);
        Assert.Equal("GET /releases?limit=7", Api.Calls.Single());
    }

    [Fact]
    public async Task List_AsJson_KeepsTheApisShape()
    {
        Api.Says(200, List);

        var run = await Operator.RunAsync("releases", "--json");

        Assert.Equal(["current", "previous", "releases", "moves"], run.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(["id", "hash", "size", "stored", "current", "activated", "by", "note"], run.Json.GetProperty("releases")[0].EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task Show_InAPipe_IsTheTextAlone_InATerminalItIsHarmless()
    {
        Api.Says(200, $$"""{"release":{{Other}},"text":"one\r\n\ttwo \u001b[2J\n"}""");

        var piped = await Operator.RunAsync("releases", "show", "aaaaaaaaaaaa");
        Operator.Terminal = true;
        var shown = await Operator.RunAsync("releases", "show", "aaaaaaaaaaaa");

        Assert.Equal("one\r\n\ttwo \u001b[2J\n", piped.Out);
        Assert.Contains("Release aaaaaaaaaaaa, current", piped.Error);
        Assert.Equal("one\n two \uFFFD[2J\n", shown.Out);
    }

    [Theory]
    [InlineData(new[] { "rollback" }, "bbbbbbbbbbbb")]
    [InlineData(new[] { "rollback", "cccccccccccc" }, "cccccccccccc")]
    public async Task Rollback_GoesToTheOneBeforeOrToTheOneThatIsNamed(string[] words, string to)
    {
        Api.SaysInTurn(Operator.Stop, (200, List), (200, Moved(to, "\"aaaaaaaaaaaa\"")));

        var run = await Operator.RunAsync(words);

        Assert.Equal((0, $"Release {to} serves again, in place of release aaaaaaaaaaaa (since 1m 0s, by manage-key 1)"), (run.Code, run.Out.Trim()));
        Assert.Equal($"POST /releases/{to}/activate", Api.Calls[^1]);
        Assert.Equal("\"aaaaaaaaaaaa\"", Api.Condition);
    }

    [Theory]
    [InlineData(Nothing, "There is no release to go back to.")]
    [InlineData($$"""{"current":{{Move}},"previous":null,"releases":[],"moves":[]}""", "Before release aaaaaaaaaaaa the packaged file served.")]
    public async Task Rollback_WithNothingBefore_SaysWhatToDo(string list, string said)
    {
        Api.Says(200, list);

        var run = await Operator.RunAsync("rollback");

        Assert.Equal((1, ""), (run.Code, run.Out));
        Assert.Contains(said, run.Error);
        Assert.Single(Api.Calls);
    }

    [Fact]
    public async Task Clear_WhenConfirmed_ServesThePackagedFile()
    {
        Operator.Answers = "y\n";
        Api.SaysInTurn(Operator.Stop, (200, List), (200, Moved(null, "\"aaaaaaaaaaaa\"")));

        var run = await Operator.RunAsync("releases", "clear");

        Assert.Equal((0, "The packaged file serves again, in place of release aaaaaaaaaaaa (since 1m 0s, by manage-key 1)"), (run.Code, run.Out.Trim()));
        Assert.Equal(("DELETE /releases/current", "\"aaaaaaaaaaaa\""), (Api.Calls[^1], Api.Condition));
    }

    private static string Moved(string? release, string replaced) =>
        $$"""{"release":{{(release is null ? "null" : $"\"{release}\"")}},"replaced":{{replaced}},"changed":true,"at":"2026-11-01T08:00:00Z","by":"manage-key 1","note":null}""";
}
