using Gateway.Configuration;
using LocalHost.Terminal;

namespace LocalHost.Tests.Terminal;

public sealed class TryLinesTests
{
    private const string Issuers = "issuers: { ours: { authority: \"http://localhost:7090\", audiences: [gateway] }, theirs: { authority: \"https://id.example\", audiences: [gateway] } }\n";

    [Fact]
    public void All_OfRoutesOfEachKind_AreOneForEachCredential() => AssertLines(
        """
        one:   { match: GET /one, auth: anonymous, respond: { status: 204 } }
        two:   { match: GET /two, auth: anonymous, respond: { status: 204 } }
        key:   { match: "GET /things/{id}", auth: apiKey, respond: { status: 204 } }
        token: { match: "/files/{**path}", auth: ours, respond: { status: 204 } }
        """,
        "curl $GATEWAY_URL/one",
        """curl -H "X-Api-Key: $API_KEY" $GATEWAY_URL/things/1""",
        """curl -H "Authorization: Bearer $TOKEN" $GATEWAY_URL/files/hello""");

    [Fact]
    public void All_OfManyRoutes_AreThree() => AssertLines(
        string.Join('\n', Enumerable.Range(1, 5).Select(number => $"r{number}: {{ match: GET /r{number}, auth: anonymous, respond: {{ status: 204 }} }}")),
        "curl $GATEWAY_URL/r1",
        "curl $GATEWAY_URL/r2",
        "curl $GATEWAY_URL/r3");

    [Fact]
    public void All_WithVariablesAndWithout_BeginWithoutAndTakeNoRedirect() => AssertLines(
        """
        one:  { match: "GET /things/{id}", auth: anonymous, respond: { status: 204 } }
        old:  { match: GET /old, auth: anonymous, redirect: { to: /things } }
        list: { match: GET /things, auth: anonymous, respond: { status: 204 } }
        """,
        "curl $GATEWAY_URL/things",
        "curl $GATEWAY_URL/things/1");

    [Fact]
    public void All_LeaveOutWhatDevEnvCannotCall() => AssertLines(
        """
        post:    { match: POST /post, auth: anonymous, respond: { status: 204 } }
        theirs:  { match: GET /theirs, auth: theirs, respond: { status: 204 } }
        scope:   { match: GET /scope, auth: { any: apiKey, scopes: admin }, respond: { status: 204 } }
        plan:    { match: GET /plan, auth: { any: apiKey, groups: partners }, respond: { status: 204 } }
        header:  { match: { path: /header, headers: { x-beta: "1" } }, auth: anonymous, respond: { status: 204 } }
        read:    { match: GET /read, auth: { any: [apiKey, ours], scopes: orders.read }, respond: { status: 204 } }
        """,
        """curl -H "X-Api-Key: $API_KEY" $GATEWAY_URL/read""");

    [Fact]
    public void All_OfARouteThatAnotherHides_IsLeftOut() => AssertLines(
        """
        any:   { match: "GET /a/{id}", auth: anonymous, respond: { status: 204 } }
        exact: { match: "GET /a/1", auth: apiKey, respond: { status: 204 } }
        """,
        """curl -H "X-Api-Key: $API_KEY" $GATEWAY_URL/a/1""");

    [Fact]
    public void All_WithNothingSimple_IsTheGatewaysOwn() =>
        AssertLines("post: { match: POST /post, auth: anonymous, respond: { status: 204 } }", "curl $GATEWAY_URL/_gateway/ready");

    [Theory]
    [InlineData("keys: { headers: [subscription-key] }", """curl -H "subscription-key: $API_KEY" $GATEWAY_URL/a""")]
    [InlineData("keys: { headers: [] }", """curl -H "Authorization: ApiKey $API_KEY" $GATEWAY_URL/a""")]
    public void All_UseTheKeysHeaderThatIsConfigured(string keys, string expected) =>
        Assert.Equal([expected], Lines($"version: 1\n{keys}\nroutes:\n  a: {{ match: GET /a, auth: apiKey, respond: {{ status: 204 }} }}\n"));

    private static void AssertLines(string routes, params string[] expected) =>
        Assert.Equal(expected, Lines($"version: 1\n{Issuers}routes:\n  {routes.ReplaceLineEndings("\n  ")}\n"));

    private static IReadOnlyList<string> Lines(string yaml)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, yaml);
            var load = ConfigFile.Load(file, _ => null);
            Assert.True(load.Config is not null, string.Join('\n', load.Errors));
            return new TryLines(load.Config, "http://localhost:7090").All();
        }
        finally
        {
            File.Delete(file);
        }
    }
}
