namespace Cli.Tests.Management;

public sealed class LimitsCommandTests : ManagementTests
{
    private const string Reset = """{"limit":"per-consumer","key":["consumer acme"],"rows":1,"note":"The promise begins anew."}""";
    private const string Full = """
        {"limit":"per-both","key":["consumer acme","route list"],"at":"2026-11-01T08:00:00Z","ledgers":[{"kind":"rolling","total":100,"available":0,
        "nextFree":"2026-11-01T08:00:03.2Z","epoch":"0abc","revision":3,"shards":[
        {"shard":0,"limit":60,"available":0,"granted":[{"count":40,"ends":"2026-11-01T07:59:53Z","counts":"2026-11-01T08:00:03.2Z"},{"count":20,"ends":"2026-11-01T08:00:00Z","counts":"2026-11-01T08:00:10Z"}],"base":"2026-11-01T07:59:59.6Z","commits":17},
        {"shard":1,"limit":40,"available":-5,"granted":[{"count":45,"ends":"2026-11-01T08:00:00Z","counts":"2026-11-01T08:00:10Z"}],"base":"2026-11-01T07:47:55Z","commits":1}]}]}
        """;

    [Fact]
    public async Task Show_OfASpentLimit_SaysWhenThereIsRoomAgain()
    {
        Api.Says(200, Full);

        var run = await Operator.RunAsync("limits", "show", "per-both", "acme", "route list");

        Assert.Equal(
            """
            per-both for consumer acme, route list: none of 100 free, the first in 3.2s at the latest (epoch 0abc, revision 3)
            KIND     SHARD  FREE  LIMIT  GRANTED  NEXT BACK    SLOT BEGAN  COMMITS
            rolling  0      0     60     60       40 in 3.2s   0.4s ago    17
            rolling  1      -5    40     45       45 in 10.0s  12m 5s ago  1

            """,
            run.Out);
        Assert.Equal(0, run.Code);
        Assert.Contains("An estimate", run.Error);
    }

    [Fact]
    public async Task Show_OfAFreeLimit_SaysHowMuchIsFree()
    {
        Api.Says(200, """
            {"limit":"all","key":[],"at":"2026-11-01T08:00:00Z","ledgers":[{"kind":"inFlight","total":3,"available":3,"nextFree":null,"epoch":"1","revision":3,
            "shards":[{"shard":0,"limit":3,"available":3,"granted":[],"base":"2026-11-01T08:00:00Z","commits":2}]}]}
            """);

        var run = await Operator.RunAsync("limits", "show", "all");

        Assert.StartsWith("all for everything together: 3 of 3 free (epoch 1, revision 3)", run.Out, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^inFlight +0 +3 +3 +0 +- +0\.0s ago +2$", run.Out);
    }

    [Theory]
    [InlineData(new[] { "per-consumer" }, "/limits/per-consumer/state")]
    [InlineData(new[] { "per-consumer", "acme" }, "/limits/per-consumer/state?key=acme")]
    [InlineData(new[] { "a/b", "address 2001:db8::1", "claim x&key=y" }, "/limits/a%2Fb/state?key=address%202001%3Adb8%3A%3A1&key=claim%20x%26key%3Dy")]
    public async Task ShowAndReset_SendEachPartOfTheKey(string[] words, string target)
    {
        Api.Says(200, Full);
        await Operator.RunAsync(["limits", "show", .. words]);
        Api.Says(200, Reset);
        await Operator.RunAsync(["limits", "reset", "--yes", .. words]);

        Assert.Equal([$"GET {target}", $"DELETE {target}"], Api.Calls);
    }

    [Fact]
    public async Task Show_AsJson_KeepsTheApisShape()
    {
        Api.Says(200, Full);

        var run = await Operator.RunAsync("limits", "show", "per-both", "acme", "route list", "--json");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal(["limit", "key", "at", "ledgers"], run.Json.EnumerateObject().Select(member => member.Name));
        var ledger = run.Json.GetProperty("ledgers")[0];
        Assert.Equal(["kind", "total", "available", "nextFree", "epoch", "revision", "shards"], ledger.EnumerateObject().Select(member => member.Name));
        var shard = ledger.GetProperty("shards")[1];
        Assert.Equal(["shard", "limit", "available", "granted", "base", "commits"], shard.EnumerateObject().Select(member => member.Name));
        Assert.Equal(["count", "ends", "counts"], shard.GetProperty("granted")[0].EnumerateObject().Select(member => member.Name));
    }

    [Theory]
    [InlineData("show")]
    [InlineData("reset")]
    public async Task Anything_OfALimitWithoutACount_Fails(string verb)
    {
        Api.Says(404, """{"title":"Nothing is counted.","status":404,"detail":"Nothing is counted of limit l for consumer acme."}""", "application/problem+json");

        string[] yes = verb == "reset" ? ["--yes"] : [];
        var run = await Operator.RunAsync(["limits", verb, "l", "acme", "--json", .. yes]);

        Assert.Equal((1, "", "gw: Nothing is counted: Nothing is counted of limit l for consumer acme."), (run.Code, run.Out, run.Error.Trim()));
    }

    [Theory]
    [InlineData("show", ".")]
    [InlineData("reset", "")]
    public async Task Anything_OfWhatIsNoName_AsksNobody(string verb, string limit)
    {
        var run = await Operator.RunAsync("limits", verb, limit, "acme");

        Assert.Equal((2, ""), (run.Code, run.Out));
        Assert.Empty(Api.Calls);
    }

    [Fact]
    public async Task Reset_WhenConfirmed_ResetsAndSaysWhatThatMeans()
    {
        Api.Says(200, Reset);
        Operator.Answers = "y\n";

        var run = await Operator.RunAsync("limits", "reset", "per-consumer", "acme");

        Assert.Equal((0, "per-consumer begins anew for consumer acme (1 row removed)"), (run.Code, run.Out.Trim()));
        Assert.StartsWith("Begin the count of per-consumer anew for acme? What was admitted so far counts no longer. [y/N] ", run.Error, StringComparison.Ordinal);
        Assert.EndsWith("The promise begins anew.", run.Error.Trim(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("n\n", 1)]
    [InlineData(null, 2)]
    public async Task Reset_WithoutConsent_ChangesNothing(string? answer, int code)
    {
        Operator.Answers = answer;

        var run = await Operator.RunAsync("limits", "reset", "per-consumer");

        Assert.Equal((code, ""), (run.Code, run.Out));
        Assert.Contains("for everything together?", run.Error);
        Assert.Empty(Api.Calls);
    }

    [Fact]
    public async Task Reset_AsJson_IsTheApisAnswer()
    {
        Api.Says(200, Reset);

        var run = await Operator.RunAsync("limits", "reset", "per-consumer", "acme", "--yes", "--json");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal(["limit", "key", "rows", "note"], run.Json.EnumerateObject().Select(member => member.Name));
    }
}
