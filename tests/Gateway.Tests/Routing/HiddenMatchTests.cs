using Gateway.Routing;

namespace Gateway.Tests.Routing;

public sealed class HiddenMatchTests
{
    [Theory]
    [InlineData("GET", "GET", null, null, true)]
    [InlineData("GET,POST", "GET", null, null, true)]
    [InlineData("", "", null, null, true)]
    [InlineData("GET", "GET", "1", "1", true)]
    [InlineData("GET", "GET,POST", null, null, false)] // POST still reaches it
    [InlineData("", "GET", null, null, false)] // a named method wins over any, whatever the priority
    [InlineData("GET", "", null, null, false)]
    [InlineData("GET", "GET", null, "1", false)] // more conditions win over a priority
    [InlineData("GET", "GET", "2", "1", false)]
    public void Hidden_OfTwoMatches_IsTheOneThatNothingReaches(string stronger, string weaker, string? strongerVersion, string? weakerVersion, bool isHidden)
    {
        var table = RouteTable.Build([Route("strong", stronger, strongerVersion, priority: 1), Route("weak", weaker, weakerVersion, priority: 0)]);

        Assert.Equal(isHidden ? [("weak", "strong")] : [], table.Hidden.Select(match => (match.Hidden, match.By)));
        Assert.Equal(isHidden, !Reaches(table, weaker, weakerVersion));
    }

    [Fact]
    public void Hidden_OnAnotherHostOrPath_IsNone()
    {
        var table = RouteTable.Build(
        [
            Route("one", "GET", null, 1) with { Host = "a.example" },
            Route("other", "GET", null, 0) with { Host = "b.example" },
            Route("third", "GET", null, 0) with { Host = "a.example", Matches = [new() { Methods = ["GET"], Path = "/y/{id}" }] },
        ]);

        Assert.Empty(table.Hidden);
    }

    // What the answer means: some request, of the weaker one's own making, gets to it.
    private static bool Reaches(RouteTable table, string methods, string? version)
    {
        var headers = new Microsoft.AspNetCore.Http.HeaderDictionary();
        if (version is not null)
        {
            headers["x-ver"] = version;
        }

        string[] candidates = methods.Length == 0 ? ["GET", "POST", "BREW"] : methods.Split(',');
        return candidates.Any(method => table.Find(new RouteQuestion("any.example", method, "/x/1", "", headers))?.Route.Name == "weak");
    }

    private static EffectiveRoute Route(string name, string methods, string? version, int priority) => new()
    {
        Name = name,
        Matches =
        [
            new()
            {
                Methods = methods.Split(',', StringSplitOptions.RemoveEmptyEntries),
                Path = $"/x/{{{name}}}",
                Headers = version is null ? new Dictionary<string, ConditionConfig>() : new() { ["x-ver"] = new() { EqualTo = version } },
                Priority = priority,
            },
        ],
        Config = new() { Version = 1 },
    };
}
