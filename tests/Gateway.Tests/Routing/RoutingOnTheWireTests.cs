using Gateway.Tests.Configuration;
using Gateway.Tests.Forwarding;

namespace Gateway.Tests.Routing;

/// <summary>Which service a request reaches through the whole gateway, by its host, its header fields and its query.</summary>
public sealed class RoutingOnTheWireTests : IAsyncLifetime
{
    private const string Config = """
        version: 1
        trustedProxies: [$PROXIES]
        services: { plain: "${env:PLAIN}", special: "${env:SPECIAL}" }
        defaults: { auth: anonymous }
        routes:
          versions: { match: GET /versions, forward: plain }
          version-2: { match: { methods: [GET], path: /versions, headers: { x-ver: "2" } }, forward: special }
          prefixes: { match: GET /prefixes, forward: plain }
          prefix: { match: { methods: [GET], path: /prefixes, headers: { x-ring: { prefix: in } } }, forward: special }
          parts: { match: GET /parts, forward: plain }
          part: { match: { methods: [GET], path: /parts, headers: { x-ring: { contains: ner } } }, forward: special }
          presences: { match: GET /presences, forward: plain }
          presence: { match: { methods: [GET], path: /presences, headers: { x-ring: { exists: true } } }, forward: special }
          absences: { match: GET /absences, forward: plain }
          absence: { match: { methods: [GET], path: /absences, headers: { x-ring: { not: { exists: true } } } }, forward: special }
          others: { match: GET /others, forward: plain }
          other: { match: { methods: [GET], path: /others, headers: { x-ring: { not: { prefix: in } } } }, forward: special }
          hosts: { match: GET /hosts, forward: plain }
        apis:
          exact: { at: api.example, routes: { host: { match: GET /hosts, forward: special } } }
          wild: { at: "*.shop.example", routes: { host: { match: GET /hosts, forward: special } } }
        """;

    private readonly List<IAsyncDisposable> _parts = [];
    private TestServer _plain = null!;
    private TestServer _special = null!;

    public async ValueTask InitializeAsync()
    {
        _plain = await StartServiceAsync("plain");
        _special = await StartServiceAsync("special");
        _parts.AddRange([_plain, _special]);
    }

    [Theory]
    [InlineData("/versions", "X-Ver: 2", "special")]
    [InlineData("/versions", "x-vER: 2", "special")]
    [InlineData("/versions", "X-Ver: 3", "plain")]
    [InlineData("/versions", "X-Ver: 22", "plain")]
    [InlineData("/versions", "X-Other: 2", "plain")]
    [InlineData("/prefixes", "X-Ring: inner", "special")]
    [InlineData("/prefixes", "X-Ring: dinner", "plain")]
    [InlineData("/parts", "X-Ring: dinners", "special")]
    [InlineData("/parts", "X-Ring: in", "plain")]
    [InlineData("/presences", "X-Ring: any", "special")]
    [InlineData("/presences", "X-Other: any", "plain")]
    [InlineData("/absences", "X-Other: any", "special")]
    [InlineData("/absences", "X-Ring: any", "plain")]
    [InlineData("/others", "X-Ring: outer", "special")]
    [InlineData("/others", "X-Ring: inner", "plain")]
    public async Task Request_ByHeader_ReachesItsService(string path, string field, string service)
    {
        var gateway = await StartAsync("");

        Assert.Equal(service, (await gateway.AskAsync($"GET {path}", [field])).Fields["X-Service"]);
    }

    [Theory]
    [InlineData("/versions?x-ver=2", "special")]
    [InlineData("/versions?x-ver=3", "plain")]
    [InlineData("/versions", "plain")]
    [InlineData("/prefixes?x-ring=inner", "special")]
    [InlineData("/parts?x-ring=dinners", "special")]
    [InlineData("/presences?x-ring", "special")]
    [InlineData("/absences", "special")]
    [InlineData("/others?x-ring=inner", "plain")]
    public async Task Request_ByQuery_ReachesItsService(string target, string service)
    {
        var gateway = await StartAsync("", Config.Replace("headers:", "query:", StringComparison.Ordinal));

        Assert.Equal(service, (await gateway.AskAsync($"GET {target}")).Fields["X-Service"]);
    }

    [Theory]
    [InlineData("api.example", "special")]
    [InlineData("API.example:8080", "special")]
    [InlineData("api.example.evil", "plain")]
    [InlineData("x.api.example", "plain")]
    [InlineData("eu.shop.example", "special")]
    [InlineData("shop.example", "plain")]
    [InlineData("a.eu.shop.example", "plain")] // * is one label
    [InlineData("eushop.example", "plain")]
    public async Task Request_ByHost_ReachesItsService(string host, string service)
    {
        var gateway = await StartAsync("");

        Assert.Equal(service, (await gateway.AskAsync("GET /hosts", host: host)).Fields["X-Service"]);
    }

    [Theory]
    [InlineData("", "X-Forwarded-Host: api.example", "plain")]
    [InlineData("", "Forwarded: for=203.0.113.9;host=api.example", "plain")]
    [InlineData("192.0.2.0/24", "X-Forwarded-Host: api.example", "plain")]
    [InlineData("127.0.0.0/8", "X-Forwarded-Host: api.example", "special")]
    [InlineData("127.0.0.0/8", "Forwarded: for=203.0.113.9;host=api.example", "special")]
    public async Task Host_ThatAHeaderNames_CountsFromTrustedPeersOnly(string proxies, string field, string service)
    {
        var gateway = await StartAsync(proxies);

        Assert.Equal(service, (await gateway.AskAsync("GET /hosts", [field])).Fields["X-Service"]);
    }

    [Theory]
    [InlineData("api.*.example")]
    [InlineData("api*.example")]
    [InlineData("*api.example")]
    [InlineData("*.*.example")]
    [InlineData("api.example.*")]
    public void Host_WithAWildcardElsewhere_IsNoHost(string host) =>
        Assert.Single(Yaml.Load($"version: 1\napis: {{ a: {{ at: \"{host}\", auth: anonymous, respond: {{}}, routes: {{ r: GET /x }} }} }}").Errors);

    public async ValueTask DisposeAsync()
    {
        foreach (var part in _parts)
        {
            await part.DisposeAsync();
        }
    }

    private static Task<TestServer> StartServiceAsync(string name) => TestServer.StartAsync(context =>
    {
        context.Response.Headers["X-Service"] = name;
        return Task.CompletedTask;
    });

    private async Task<RunningGateway> StartAsync(string proxies, string config = Config)
    {
        var gateway = await RunningGateway.StartAsync(
            config.Replace("$PROXIES", proxies, StringComparison.Ordinal),
            new() { Environment = new Dictionary<string, string> { ["PLAIN"] = _plain.Url, ["SPECIAL"] = _special.Url } });
        _parts.Insert(0, gateway);
        return gateway;
    }
}
