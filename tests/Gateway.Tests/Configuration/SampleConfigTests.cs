using System.Net;
using System.Text.Json.Nodes;
using Gateway.Authentication;
using Gateway.Limits;
using Gateway.Upstreams;

namespace Gateway.Tests.Configuration;

/// <summary>Every form of the language comes out as the record that it stands for.</summary>
public class SampleConfigTests
{
    private readonly GatewayConfig _config = Yaml.Valid(SampleConfig.Text);

    private RouteConfig Route(string name) => _config.Apis["shop"].Routes[name];

    [Fact]
    public void Networks_AddressAlone_IsANetworkOfOne() =>
        Assert.Equal([IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("2001:db8::/32"), IPNetwork.Parse("192.0.2.7/32")], _config.TrustedProxies);

    [Fact]
    public void Issuer_DefaultFromTheFile_StandsInForTheEnvironment()
    {
        Assert.Equal("https://login.example/common/v2.0", _config.Issuers["login"].Authority);
        Assert.Equal("https://login.example/t1/v2.0", Yaml.Valid(SampleConfig.Text, ("TENANT", "t1")).Issuers["login"].Authority);
        Assert.Equal(["at+jwt"], _config.Issuers["login"].Types);
        Assert.Equal(8 * 1024, _config.Issuers["login"].MaxToken.Bytes);
    }

    [Fact]
    public void Service_PlainUrl_IsItsOneUrl() => Assert.Equal(["https://authors.example/api"], _config.Services["authors"].Urls);

    [Fact]
    public void Service_Mapping_SetsEveryField()
    {
        var books = _config.Services["books"];

        Assert.Equal(2, books.Urls.Count);
        Assert.Equal((TlsMode.Off, "preserve", HttpProtocol.Http2, BalanceMode.RoundRobin), (books.Tls!.Value, books.Host, books.Protocol, books.Balance));
        Assert.Equal(new EjectConfig { After = 3, For = TimeSpan.FromMinutes(1) }, books.Eject);
        Assert.Equal(3, books.Retry.Attempts);
        Assert.Equal(["connect", "503", "429"], books.Retry.On);
        Assert.Equal(new TimeoutConfig { Connect = TimeSpan.FromSeconds(1), FirstByte = TimeSpan.FromSeconds(5), Idle = TimeSpan.FromMinutes(2) }, books.Timeout);
        Assert.Equal("books", books.Headers!.Set["x-team"]);
        Assert.Equal(["x-debug"], books.Headers.Remove);
    }

    [Fact]
    public void Timeout_Plain_MeansFirstByte() => Assert.Equal(new TimeoutConfig { FirstByte = TimeSpan.FromSeconds(90) }, _config.Services["slow"].Timeout);

    [Fact]
    public void Limit_Text_IsReadWhole()
    {
        var limit = _config.Limits["bursty"];

        Assert.Equal((10, TimeSpan.FromSeconds(1), 50), (limit.Count, limit.Window!.Value, limit.Burst!.Value));
        Assert.Equal([new(LimitKeyKind.Consumer)], limit.By);
    }

    [Fact]
    public void Limit_Mapping_AddsToItsRate()
    {
        var (monthly, streams) = (_config.Limits["monthly"], _config.Limits["streams"]);

        Assert.Equal((100_000, CalendarPeriod.Month, "Europe/Berlin"), (monthly.Count, monthly.Period!.Value, monthly.Zone));
        Assert.Equal((3, true, true, LimitMode.Local), (streams.Count, streams.InFlight, streams.Shadow, streams.Mode));
        Assert.Equal([new(LimitKeyKind.Address), new(LimitKeyKind.Route), new(LimitKeyKind.Claim, "tid"), new(LimitKeyKind.Header, "x-tenant")], streams.By);
    }

    [Fact]
    public void Plan_Numbers_AreRead()
    {
        var gold = _config.Plans["gold"];

        Assert.Equal(new PlanLimitConfig { Count = 1000, Window = TimeSpan.FromSeconds(10) }, gold["per-consumer"]);
        Assert.Equal(new PlanLimitConfig { Count = 20, Window = TimeSpan.FromSeconds(1), Burst = 100 }, gold["bursty"]);
        Assert.Equal(new PlanLimitConfig { Unlimited = true }, gold["monthly"]);
        Assert.Equal(new PlanLimitConfig { Count = 9, InFlight = true }, gold["streams"]);
        Assert.Empty(_config.Plans["free"]);
    }

    [Fact]
    public void Route_MatchOnly_InheritsTheRest()
    {
        var match = Assert.Single(Route("list").Match);

        Assert.Equal(["GET"], match.Methods);
        Assert.Equal("/books", match.Path);
        Assert.Null(Route("list").Auth);
    }

    [Fact]
    public void Match_ListAndMapping_AreRead()
    {
        Assert.Equal(["GET", "PUT"], Route("one").Match.Select(match => match.Methods.Single()));
        var beta = Assert.Single(Route("beta").Match);
        Assert.Equal(10, beta.Priority);
        Assert.Equal("1", beta.Headers["x-beta"].EqualTo);
        Assert.Equal("in", beta.Headers["x-ring"].Prefix);
        Assert.True(beta.Query["debug"].Not!.Exists);
        Assert.Equal("a", beta.Query["q"].Contains);
    }

    [Theory]
    [InlineData("ping")]
    [InlineData("text")]
    public void Match_PathAloneOrAny_TakesEveryMethod(string route) => Assert.Empty(_config.Routes[route].Match.Single().Methods);

    [Fact]
    public void Auth_ScalarListAndMapping_AreRead()
    {
        Assert.Equal([AuthConfig.Anonymous], _config.Routes["ping"].Auth!.Any);
        Assert.Equal(["apiKey", "login"], _config.Apis["shop"].Auth!.Any);
        Assert.Equal(["books.read"], _config.Apis["shop"].Auth!.Scopes!.All);
        Assert.Equal(["apiKey", "login"], Yaml.Valid(SampleConfig.Text.Replace("auth: { any: [apiKey, login], scopes: [books.read] }", "auth: [apiKey, login]", StringComparison.Ordinal)).Apis["shop"].Auth!.Any);
    }

    [Fact]
    public void Requirement_ScalarListAndAny_AreRead()
    {
        var auth = Route("one").Auth!;

        Assert.Equal(["books.write", "books.admin"], auth.Scopes!.Any);
        Assert.Equal(["sales", "ops"], auth.Claims["department"].Any);
        Assert.Equal(["editor"], auth.Claims["/realm_access/roles"].All);
        Assert.Equal(["3"], auth.Claims["level"].All);
        Assert.Equal(["partners"], auth.Groups!.All);
    }

    [Fact]
    public void Forward_Forms_AreRead()
    {
        Assert.Equal([KeyValuePair.Create("books", 100)], _config.Apis["shop"].Forward!.To);
        Assert.Equal([KeyValuePair.Create("books", 100)], Route("one").Forward!.To);
        Assert.Equal("/internal/{id}", Route("one").Forward!.Path!.Template);
        Assert.Equal("/v1", Route("beta").Forward!.Path!.Strip);
        Assert.Equal(("^/old/(.*)$", "/new/$1"), (_config.Routes["moved"].Forward!.Path!.Pattern, _config.Routes["moved"].Forward!.Path!.Replace));
        Assert.Equal("2", Route("one").Forward!.Query!.Set["v"]);
    }

    [Fact]
    public void Compose_TextAndMapping_AreRead()
    {
        var parts = Route("overview").Compose!;

        Assert.Equal(["profile", "sales"], parts.Keys);
        Assert.Equal("GET authors:/authors/{author}", parts["profile"].Call);
        Assert.True(parts["sales"].Optional);
        Assert.Equal(TimeSpan.FromMilliseconds(800), parts["sales"].Timeout);
        Assert.Equal(64 * 1024, parts["sales"].Max.Bytes);
        Assert.Equal("""{"author":"{author}","tier":"{parts.profile.tier}","max":5}""", parts["sales"].Body!.ToJsonString());
    }

    [Fact]
    public void Json_Scalars_FollowTheCoreSchema() => Assert.True(JsonNode.DeepEquals(
        JsonNode.Parse("""{ "ok": true, "at": "2024-10-21", "n": [1, 2.5, null] }"""), _config.Routes["ping"].Respond!.Json));

    [Theory]
    [InlineData("no")]
    [InlineData("yes")]
    [InlineData("on")]
    [InlineData("22:22")]
    [InlineData("2024-10-21")]
    [InlineData("1_000")]
    [InlineData("0b1")]
    [InlineData("1.2.3")]
    [InlineData("nullify")]
    public void Text_WhatOlderYamlTookForSomethingElse_IsText(string text) =>
        Assert.Equal(text, Yaml.Valid($"version: 1\nroutes: {{ r: {{ match: /, auth: anonymous, respond: {{ text: {text} }} }} }}").Routes["r"].Respond!.Text);

    [Theory]
    [InlineData("201", "${env:CODE}", 201)]
    [InlineData("", "${env:CODE:-202}", 202)]
    [InlineData("01", "2${env:CODE}", 201)]
    public void Environment_QuotedInsertion_GetsItsTypeAfterwards(string code, string status, int expected)
    {
        var config = Yaml.Valid($"version: 1\nroutes: {{ r: {{ match: /, auth: anonymous, respond: {{ status: \"{status}\" }} }} }}", ("CODE", code));

        Assert.Equal(expected, config.Routes["r"].Respond!.Status);
    }

    [Fact]
    public void Environment_NumberWhereTextIsMeant_IsText() =>
        Assert.Equal("42", Yaml.Valid("version: 1\nroutes: { r: { match: /, auth: anonymous, respond: { text: \"${env:N}\" } } }", ("N", "42")).Routes["r"].Respond!.Text);

    [Fact]
    public void Environment_WrongValue_IsNotShown()
    {
        var load = Yaml.Load("version: 1\nkeys: { staleFor: \"${env:SECRET}\" }", ("SECRET", "hunter2"));

        Assert.DoesNotContain("hunter2", Assert.Single(load.Errors).ToString(), StringComparison.Ordinal);
        Assert.Contains("${env:SECRET}", load.Errors[0].Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Environment_ValueWithAnInsertion_IsNotFilledAgain() =>
        Assert.Equal("${env:B}", Yaml.Valid("version: 1\nroutes: { r: { match: /, auth: anonymous, respond: { text: \"${env:A}\" } } }", ("A", "${env:B}"), ("B", "x")).Routes["r"].Respond!.Text);
}
