using System.Text.Json.Nodes;
using Gateway.Composition;

namespace Gateway.Tests.Composition;

public sealed class ComposePlanTests
{
    [Fact]
    public void Build_PartsThatUseOthers_ComeAfterThem()
    {
        var plan = Build(("c", "GET s:/{parts.b.x}"), ("a", "GET s:/"), ("b", "GET s:/?q={parts.a}"));

        Assert.Equal(["c", "a", "b"], plan!.Parts.Select(part => part.Name));
        Assert.Equal([1, 2, 0], plan.Order);
        Assert.Equal([false, true, true], plan.Parts.Select(part => part.IsUsed));
    }

    [Fact]
    public void Build_ValueInABody_IsADependency()
    {
        var parts = new OrderedDictionary<string, ComposePartConfig>
        {
            ["a"] = new() { Call = "POST s:/", Body = JsonNode.Parse("""{"x":[{"y":"{parts.b.c}"}]}""") },
            ["b"] = new() { Call = "GET s:/" },
        };

        Assert.Equal([1, 0], ComposePlan.Build(parts, out _)!.Order);
    }

    [Theory]
    [InlineData("GET s:/{parts.a.x}", "a", "of its own")]
    [InlineData("GET s:/{parts.nobody}", "a", "there is none")]
    [InlineData("GET /path", "a.call", "no call")]
    [InlineData("GET s:path", "a.call", "one slash")]
    [InlineData("s:/", "a.call", "no call")]
    [InlineData("get s:/", "a.call", "no method")]
    [InlineData("HEAD s:/", "a.call", "no method")]
    [InlineData("GET {query.s}:/", "a.call", "no call")]
    [InlineData("GET s:/{x", "a.call", "not closed")]
    [InlineData("GET http://evil.example/", "a.call", "one slash")]
    [InlineData("GET s:/{nowhere.x}", "a.call", "no source")]
    public void Build_Mistake_IsNamedWithItsPlace(string call, string path, string problem)
    {
        Assert.Null(ComposePlan.Build(Parts(("a", call)), out var mistakes));

        Assert.Equal(path, string.Join('.', Assert.Single(mistakes).Path));
        Assert.Contains(problem, mistakes[0].Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_SeveralMistakes_AreAllReported()
    {
        Assert.Null(ComposePlan.Build(Parts(("_a", "GET s:/"), ("b", "GET"), ("c", "GET s:/{parts.d}")), out var mistakes));

        Assert.Equal(["_a", "b.call", "c"], mistakes.Select(mistake => string.Join('.', mistake.Path)));
    }

    [Fact]
    public void Build_NoParts_IsRefused() => Assert.Null(ComposePlan.Build(Parts(), out _));

    [Fact]
    public void Build_Cycle_IsNamedWithItsParts()
    {
        var parts = Parts(("a", "GET s:/{parts.b.x}"), ("free", "GET s:/"), ("b", "GET s:/{parts.c.x}"), ("c", "GET s:/{parts.b.y}"));

        Assert.Null(ComposePlan.Build(parts, out var mistakes));

        Assert.Equal("Parts wait for each other: b → c → b.", Assert.Single(mistakes).Problem);
    }

    private static ComposePlan? Build(params (string Name, string Call)[] parts) => ComposePlan.Build(Parts(parts), out _);

    private static OrderedDictionary<string, ComposePartConfig> Parts(params (string Name, string Call)[] parts)
    {
        var configs = new OrderedDictionary<string, ComposePartConfig>();
        foreach (var (name, call) in parts)
        {
            configs.Add(name, new() { Call = call });
        }

        return configs;
    }
}
