namespace Cli.Tests.Configuration;

public sealed class RoutesCommandTests : IDisposable
{
    private const string Config = """
        version: 1
        services: { orders: "http://localhost:7081" }
        limits: { steady: { rate: 100 per 10s, by: consumer, mode: local } }
        apis:
          shop:
            at: api.contoso.com/v1
            auth: apiKey
            limits: [steady]
            forward: orders
            routes:
              list: GET /orders
              one: { match: "GET /orders/{id}" }
              beta: { match: { methods: [GET, PUT], path: "/orders/{id}", headers: { x-beta: "1" }, query: { debug: { exists: true } } } }
        routes:
          old: { match: "/old", auth: anonymous, redirect: { to: /new, status: 301 } }
        """;

    private readonly Operator _operator = new();

    public RoutesCommandTests() => _operator.Write("gateway.yaml", Config);

    public void Dispose() => _operator.Dispose();

    [Fact]
    public async Task List_ShowsWhatEachInherits()
    {
        var run = await _operator.RunAsync("routes", "gateway.yaml");

        Assert.Equal(0, run.Code);
        Assert.Equal(
            """
            ROUTE      METHODS  PATH                                                                                     AUTH       LIMITS  ACTION
            shop/list  GET      api.contoso.com/v1/orders                                                                apiKey     steady  forward orders
            shop/one   GET      api.contoso.com/v1/orders/{id}                                                           apiKey     steady  forward orders
            shop/beta  GET,PUT  api.contoso.com/v1/orders/{id} & header x-beta = 1 & query parameter debug present       apiKey     steady  forward orders
            old        ANY      /old                                                                                     anonymous  -       redirect 301 /new

            """.Replace(" ", ""),
            run.Out.Replace(" ", ""));
    }

    [Fact]
    public async Task List_AsJson_HasEveryRoute()
    {
        var run = await _operator.RunAsync("routes", "gateway.yaml", "--json");

        var routes = run.Json.GetProperty("routes").EnumerateArray().ToList();
        Assert.Equal(["shop/list", "shop/one", "shop/beta", "old"], routes.Select(route => route.GetProperty("name").GetString()));
        Assert.Equal(
            ["name", "host", "matches", "auth", "limits", "action", "target"],
            routes[0].EnumerateObject().Select(member => member.Name));
        Assert.Equal(["GET", "PUT"], routes[2].GetProperty("matches")[0].GetProperty("methods").EnumerateArray().Select(method => method.GetString()));
    }

    [Theory]
    [InlineData("GET https://API.contoso.com/v1/orders", "shop/list")]
    [InlineData("GET /v1/orders/7 --host api.contoso.com", "shop/one")]
    [InlineData("HEAD /v1/%6Frders --host api.contoso.com:443", "shop/list")]
    [InlineData("GET /v1/orders/7?debug --host api.contoso.com --header x-beta:1", "shop/beta")]
    [InlineData("GET /v1/orders/7?debug --host api.contoso.com --header x-beta:2", "shop/one")]
    [InlineData("PATCH /old", "old")]
    [InlineData("GET http://x/old?y=1", "old")]
    public async Task Explain_NamesTheRoute(string request, string route)
    {
        var run = await _operator.RunAsync(["routes", "gateway.yaml", .. request.Split(' '), "--json"]);

        Assert.Equal((0, route), (run.Code, run.Json.GetProperty("route").GetString()));
    }

    [Fact]
    public async Task Explain_SaysWhyForEachCandidate()
    {
        var run = await _operator.RunAsync("routes", "gateway.yaml", "GET", "/v1/orders/7?debug", "--host", "api.contoso.com", "-H", "x-beta: 1");

        Assert.Equal((0, ""), (run.Code, run.Error));
        var lines = run.Out.Split('\n');
        Assert.Equal("GET api.contoso.com/v1/orders/7?debug is taken by shop/beta.", lines[0]);
        Assert.Matches("^shop/beta .* wins ", lines[2]);
        Assert.Matches("^shop/one .* loses ", lines[3]);
        Assert.Equal(6, lines.Count(line => line.Length > 0));
    }

    [Theory]
    [InlineData("GET /nothing", "no route: the gateway answers 404")]
    [InlineData("DELETE http://api.contoso.com/v1/orders", "the gateway answers 405, Allow: GET, HEAD, OPTIONS")]
    [InlineData("OPTIONS http://api.contoso.com/v1/orders", "204, Allow: GET, HEAD, OPTIONS")]
    public async Task Explain_WhenNoRouteTakesIt_Is1(string request, string said)
    {
        var run = await _operator.RunAsync(["routes", "gateway.yaml", .. request.Split(' ')]);

        Assert.Equal((1, ""), (run.Code, run.Error));
        Assert.Contains(said, run.Out);
    }

    [Fact]
    public async Task Explain_WhenNoRouteTakesIt_AsJson()
    {
        var run = await _operator.RunAsync("routes", "gateway.yaml", "POST", "http://api.contoso.com/v1/orders", "--json");

        Assert.Equal(1, run.Code);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, run.Json.GetProperty("route").ValueKind);
        Assert.Equal(["GET", "HEAD", "OPTIONS"], run.Json.GetProperty("allow").EnumerateArray().Select(method => method.GetString()));
        Assert.Equal("noMatch", run.Json.GetProperty("candidates")[0].GetProperty("outcome").GetString());
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("/old GET")]
    [InlineData("GET old")]
    [InlineData("GET /a/%zz")]
    [InlineData("GET /../..")]
    [InlineData("GET /old --header nonsense")]
    [InlineData("--host api.contoso.com")]
    [InlineData("GET /old more")]
    public async Task Misuse_Is2(string request)
    {
        var run = await _operator.RunAsync(["routes", "gateway.yaml", .. request.Split(' ')]);

        Assert.Equal((2, ""), (run.Code, run.Out));
        Assert.StartsWith("gw: ", run.Error);
    }

    [Fact]
    public async Task BrokenFile_IsOneMessage()
    {
        _operator.Write("bad.yaml", "version: 1\nfoo: 1\nbar: 2\n");

        var run = await _operator.RunAsync("routes", "bad.yaml", "GET", "/");

        Assert.Equal((1, ""), (run.Code, run.Out));
        Assert.Contains("gw validate bad.yaml", run.Error);
    }
}
