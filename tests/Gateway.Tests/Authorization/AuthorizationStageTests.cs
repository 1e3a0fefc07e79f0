using System.Text.Json;
using Gateway.Authentication;
using Gateway.Authorization;
using Gateway.Errors;
using Gateway.Requests;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Authorization;

/// <summary>What a route wants of its callers, and what those who lack it are told.</summary>
public sealed class AuthorizationStageTests
{
    private const string Claims = """
        {"department":"ops","level":3,"price":1.50,"vip":true,"none":null,"empty":[],"roles":["editor","viewer"],"realm_access":{"roles":["editor"]},
         "a/b":{"~":["x"]},"list":[{"n":"deep"}],"object":{"x":1}}
        """;

    private static readonly Caller _token = new()
    {
        Kind = CallerKind.Token,
        Consumer = "entra:alice",
        Plan = "gold",
        Scopes = new HashSet<string> { "read", "write" },
        Groups = new HashSet<string> { "partners" },
        Claims = JsonDocument.Parse(Claims).RootElement,
    };

    private static readonly Caller _key = new() { Kind = CallerKind.ApiKey, Consumer = "acme", Scopes = new HashSet<string> { "read" } };

    [Theory]
    [InlineData("department", "ops", true)]
    [InlineData("department", "OPS", false)]
    [InlineData("department", "sales|ops", true)] // any
    [InlineData("level", "3", true)]
    [InlineData("level", "3.0", false)]
    [InlineData("price", "1.50", true)]
    [InlineData("vip", "true", true)]
    [InlineData("vip", "True", false)]
    [InlineData("none", "null", false)]
    [InlineData("empty", "x", false)]
    [InlineData("absent", "x", false)]
    [InlineData("roles", "editor", true)]
    [InlineData("roles", "editor,viewer", true)] // all
    [InlineData("roles", "editor,admin", false)]
    [InlineData("roles", "admin|viewer", true)]
    [InlineData("object", "x", false)]
    [InlineData("/realm_access/roles", "editor", true)]
    [InlineData("/realm_access/none", "editor", false)]
    [InlineData("realm_access/roles", "editor", false)] // a name, not a pointer
    [InlineData("/a~1b/~0", "x", true)]
    [InlineData("/roles/1", "viewer", true)]
    [InlineData("/roles/01", "viewer", false)]
    [InlineData("/roles/2", "viewer", false)]
    [InlineData("/roles/-", "viewer", false)]
    [InlineData("/list/0/n", "deep", true)]
    [InlineData("/department/x", "ops", false)]
    public void Claim_ByNameOrPointer_IsCompared(string claim, string wanted, bool isMet)
    {
        var auth = new AuthConfig { Any = ["entra"], Claims = new Dictionary<string, RequirementConfig> { [claim] = Want(wanted) } };

        Assert.Equal(isMet ? null : $"claims.{claim}", RuleThatFails(auth, _token));
        Assert.Equal($"claims.{claim}", RuleThatFails(auth, _key));
    }

    [Theory]
    [InlineData("read", null, null, null)]
    [InlineData("read,write", null, null, null)]
    [InlineData("read,admin", null, null, "scopes")]
    [InlineData("admin|write", null, null, null)]
    [InlineData("admin|root", null, null, "scopes")]
    [InlineData(null, "partners", null, null)]
    [InlineData(null, "partners,staff", null, "groups")]
    [InlineData(null, null, "gold", null)]
    [InlineData(null, null, "free,gold", null)] // a consumer has one plan: one of them is enough
    [InlineData(null, null, "free", "plans")]
    [InlineData("admin", "staff", "free", "scopes")] // the first is named
    public void Rule_OfTheRoute_IsAsked(string? scopes, string? groups, string? plans, string? expected)
    {
        var auth = new AuthConfig { Any = ["entra"], Scopes = Maybe(scopes), Groups = Maybe(groups), Plans = Maybe(plans) };

        Assert.Equal(expected, RuleThatFails(auth, _token));
    }

    [Fact]
    public void Scope_LackingInAToken_IsNamedInAChallenge_AndNotForAKey()
    {
        var auth = new AuthConfig { Any = ["entra", "apiKey"], Scopes = Want("admin,read") };

        Assert.Equal(
            [new("WWW-Authenticate", "Bearer realm=\"gateway\", error=\"insufficient_scope\", scope=\"admin read\"")],
            Run(auth, _token)!.Headers);
        Assert.Empty(Run(auth, _key)!.Headers);
    }

    [Fact]
    public void Anonymous_WhereThereAreConditions_Is401()
    {
        var failure = Run(new() { Any = ["apiKey", "anonymous"], Scopes = Want("read") }, Caller.Anonymous);

        Assert.Equal(GatewayError.CredentialsMissing, failure!.Error);
        Assert.Equal(["ApiKey realm=\"gateway\""], failure.Headers.Select(header => header.Value));
    }

    [Fact]
    public void Plan_None_DoesNotMeetAPlanRule() => Assert.Equal("plans", RuleThatFails(new() { Any = ["apiKey"], Plans = Want("free") }, _key));

    [Fact]
    public void Compile_WithoutConditions_ReturnsNextUntouched()
    {
        RequestDelegate next = _ => Task.CompletedTask;

        Assert.Same(next, new AuthorizationStage().Compile(Route(new() { Any = ["apiKey"] }), next));
        Assert.Same(next, new AuthorizationStage().Compile(Route(null), next));
    }

    private static RequirementConfig? Maybe(string? wanted) => wanted is null ? null : Want(wanted);

    private static RequirementConfig Want(string wanted) =>
        wanted.Contains('|', StringComparison.Ordinal) ? new() { Any = wanted.Split('|') } : new() { All = wanted.Split(',') };

    private static string? RuleThatFails(AuthConfig auth, Caller caller) => (string?)Run(auth, caller)?.Members.Single(member => member.Key == "rule").Value;

    // The failure, or null when the request went on.
    private static Failure? Run(AuthConfig auth, Caller caller)
    {
        var wentOn = false;
        var context = new DefaultHttpContext();
        context.Features.Set(new GatewayRequest { Id = "r1", Caller = caller });
        var run = new AuthorizationStage().Compile(Route(auth), _ =>
        {
            wentOn = true;
            return Task.CompletedTask;
        })(context);

        Assert.True(run.IsCompletedSuccessfully);
        Assert.Equal(wentOn, context.Gateway().Failure is null);
        return context.Gateway().Failure;
    }

    private static EffectiveRoute Route(AuthConfig? auth) => new() { Name = "r", Matches = [], Config = new() { Version = 1 }, Auth = auth };
}
