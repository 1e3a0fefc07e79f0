using System.Text.Json;

namespace Cli.Tests.Configuration;

public sealed class ValidateCommandTests : IDisposable
{
    private const string Broken = """
        version: 1
        services: { orders: "http://localhost:7081" }
        routes:
          list: { match: GET /orders, auth: anonymous, forwrd: orders }
          more: { match: GET orders, auth: anonymous, respond: {} }
        """;

    private readonly Operator _operator = new();

    public void Dispose() => _operator.Dispose();

    [Fact]
    public async Task Validate_OfAGoodFile_SaysWhatItHolds()
    {
        _operator.Write("good.yaml", "version: 1\nroutes: { a: { match: GET /a, auth: anonymous, respond: {} } }\n");

        var run = await _operator.RunAsync("validate", "good.yaml");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.StartsWith("good.yaml is valid: 1 route, 0 services, 0 limits (release ", run.Out);
    }

    [Fact]
    public async Task Validate_OfAGoodFile_SaysWhatEachLimitPromisesAndCosts()
    {
        _operator.Write("good.yaml", Limited("mode: local, shadow: true"));

        var run = await _operator.RunAsync("validate", "good.yaml");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.EndsWith(
            """
              limit fast: refuses nothing; counts as if: at most 100 in any 10 s for each consumer in each instance: N instances admit up to N times as many; plan gold: 1000
                cost: no storage call
              limit slow: at most 3 at the same time in each instance: N instances admit up to N times as many
                cost: no storage call

            """,
            run.Out);
    }

    [Fact]
    public async Task Validate_OfAnExactLimit_SaysWhatItPromisesAndCosts()
    {
        _operator.Write("good.yaml", Limited("whenUnavailable: admit"));

        var run = await _operator.RunAsync("validate", "good.yaml");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Contains(
            """
              limit fast: at most 100 in any 10 s for each consumer, over all instances; while storage is away at most as many in each instance by itself; plan gold: 1000
                cost: in each instance a write for each lease: up to 10 min of traffic of a key, near the limit 167 ms to 333 ms; none in between, nor for a caller known to be over
            """,
            run.Out);
    }

    [Fact]
    public async Task Validate_AsJson_SaysWhatEachLimitPromisesAndCosts()
    {
        _operator.Write("good.yaml", Limited("mode: local"));

        var run = await _operator.RunAsync("validate", "good.yaml", "--json");

        var limits = run.Json.GetProperty("limits").EnumerateArray().ToList();
        Assert.Equal(["fast", "slow"], limits.Select(limit => limit.GetProperty("name").GetString()));
        Assert.Equal(["name", "bound", "cost"], limits[0].EnumerateObject().Select(member => member.Name));
        Assert.Equal("no storage call", limits[0].GetProperty("cost").GetString());
    }

    [Fact]
    public async Task Validate_OfABrokenFile_ShowsEveryMistakeWithItsLine()
    {
        _operator.Write("bad.yaml", Broken);

        var run = await _operator.RunAsync("validate", "bad.yaml");

        Assert.Equal((1, ""), (run.Code, run.Error));
        Assert.Contains(
            """
            bad.yaml:4:48: error: 'forwrd' is not a field here.
                4 |   list: { match: GET /orders, auth: anonymous, forwrd: orders }
                  |                                                ^
              Did you mean 'forward'? (at routes.list.forwrd)
            """,
            run.Out);
        Assert.Contains("bad.yaml:5:18: error: The path 'orders' does not begin with a slash.", run.Out);
        Assert.Contains("bad.yaml has ", run.Out);
    }

    [Fact]
    public async Task Validate_AsJson_HasTheSameMistakes()
    {
        _operator.Write("bad.yaml", Broken);

        var run = await _operator.RunAsync("validate", "bad.yaml", "--json");

        Assert.Equal((1, "", false), (run.Code, run.Error, run.Json.GetProperty("valid").GetBoolean()));
        Assert.Equal(["file", "valid", "release", "counts", "limits", "errors"], run.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(JsonValueKind.Null, run.Json.GetProperty("limits").ValueKind);
        var first = run.Json.GetProperty("errors")[0];
        Assert.Equal(["file", "line", "column", "path", "problem", "mend", "notSupportedYet"], first.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("bad.yaml", 4, 48), (first.GetProperty("file").GetString(), first.GetProperty("line").GetInt32(), first.GetProperty("column").GetInt32()));
    }

    [Fact]
    public async Task Validate_OfWhatComesLater_MarksIt()
    {
        _operator.Write("later.yaml", "version: 1\nroutes: { a: { match: GET /a, auth: mesh, respond: {} } }\n");

        var run = await _operator.RunAsync("validate", "later.yaml");
        var json = await _operator.RunAsync("validate", "later.yaml", "--json");

        Assert.Equal((1, 1), (run.Code, json.Code));
        Assert.Contains("later.yaml:2:37: not supported yet: ", run.Out);
        Assert.Contains("later.yaml has 1 error: not supported yet by this version.", run.Out);
        Assert.True(json.Json.GetProperty("errors")[0].GetProperty("notSupportedYet").GetBoolean());
    }

    [Theory]
    [InlineData("auth: mesh", "auth: mesh", "later.yaml has 2 errors: all not supported yet by this version.")]
    [InlineData("auth: mesh", "auth: nobody", "later.yaml has 2 errors, 1 of them not supported yet by this version.")]
    [InlineData("auth: nobody", "auth: nobody", "later.yaml has 2 errors.")]
    public async Task Validate_OfSeveral_SaysHowManyComeLater(string first, string second, string expected)
    {
        _operator.Write("later.yaml", $"version: 1\nroutes:\n  a: {{ match: GET /a, {first}, respond: {{}} }}\n  b: {{ match: GET /b, {second}, respond: {{}} }}\n");

        var run = await _operator.RunAsync("validate", "later.yaml");

        Assert.Contains(expected, run.Out);
    }

    [Fact]
    public async Task Validate_OfNoFile_SaysSo()
    {
        var run = await _operator.RunAsync("validate", "none.yaml");

        Assert.Equal(1, run.Code);
        Assert.Contains("The file does not exist.", run.Out);
    }

    [Fact]
    public async Task Validate_UsesTheEnvironmentOfTheShell()
    {
        _operator.Write("env.yaml", "version: 1\nroutes: { a: { match: \"GET ${env:WHERE}\", auth: anonymous, respond: {} } }\n");

        var without = await _operator.RunAsync("validate", "env.yaml");
        _operator.Environment["WHERE"] = "/a";
        var with = await _operator.RunAsync("validate", "env.yaml");

        Assert.Equal((1, 0), (without.Code, with.Code));
    }

    [Fact]
    public async Task Validate_OfHostileText_CannotSteerTheTerminal()
    {
        _operator.Write("bad.yaml", "version: 1\n\"\\e[2J[red]\": 1\n# \u009b2J\n");
        _operator.Terminal = true;

        var run = await _operator.RunAsync("validate", "bad.yaml");

        Assert.Equal(1, run.Code);
        Assert.DoesNotContain("\e[2J", run.Out);
        Assert.DoesNotContain('\u009b', run.Out);
    }

    [Fact]
    public async Task Validate_OfALongLine_ShowsTheNeighbourhood()
    {
        _operator.Write("long.yaml", $"version: 1\nroutes: {{ a: {{ match: GET /{new string('a', 300)}, forwrd: b, auth: anonymous, limits: [{new string('b', 300)}] }} }}\n");

        var run = await _operator.RunAsync("validate", "long.yaml");

        var lines = run.Out.Split('\n');
        var quoted = Array.FindIndex(lines, line => line.StartsWith("    2 |", StringComparison.Ordinal) && line.Contains("forwrd", StringComparison.Ordinal));
        Assert.InRange(lines[quoted].Length, 1, 120);
        Assert.Equal(lines[quoted].IndexOf("forwrd", StringComparison.Ordinal), lines[quoted + 1].IndexOf('^', StringComparison.Ordinal));
    }

    private static string Limited(string fast) => $$"""
        version: 1
        limits:
          fast: { rate: 100 per 10s by consumer, {{fast}} }
          slow: { rate: 3 in flight, mode: local }
        plans: { gold: { fast: 1000 per 10s }, free: {} }
        routes: { a: { match: GET /a, auth: apiKey, limits: [fast, slow], respond: {} } }
        """;
}
