using System.Text.Json;
using Azure.Core;
using Gateway.Tests.Forwarding;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Upstreams;

/// <summary>A service's credential: a token of the gateway's own identity, on every way to the service and on no other.</summary>
public sealed class CredentialOnTheWireTests : IAsyncLifetime
{
    private const string Config = """
        version: 1
        services:
          tokened: { urls: "${env:SERVICE}", credential: { managedIdentity: "api://orders/.default" }, retry: { attempts: 2, on: [503] } }
          plain: "${env:SERVICE}"
        defaults: { auth: anonymous }
        routes:
          forward: { match: "ANY /forward/{**rest}", forward: tokened }
          plain: { match: "GET /plain", forward: plain }
          hurried: { match: GET /hurried, timeout: 100ms, forward: tokened }
          compose: { match: GET /compose, compose: { part: "GET tokened:/part", other: "GET plain:/other" } }
          needed: { match: GET /needed, timeout: 10s, compose: { part: "GET tokened:/part" } }
          redirect: { match: GET /redirect, redirect: { to: /elsewhere } }
        """;

    private readonly FakeIdentity _identity = new();
    private readonly List<(string Path, string[] Authorization)> _seen = [];
    private TestServer? _service;
    private RunningGateway? _gateway;

    public async ValueTask InitializeAsync()
    {
        _service = await TestServer.StartAsync(AnswerAsync);
        _gateway = await RunningGateway.StartAsync(Config, new()
        {
            Environment = new Dictionary<string, string> { ["SERVICE"] = _service.Url },
            Services = services => services.AddSingleton<TokenCredential>(_identity),
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway!.DisposeAsync();
        await _service!.DisposeAsync();
    }

    [Theory]
    [InlineData("Authorization: Bearer theirs"), InlineData("authorization: Basic theirs"), InlineData("X-Other: 1")]
    public async Task Forward_CarriesOurToken_AndNothingOfTheClients(string field)
    {
        var answer = await _gateway!.AskAsync("GET /forward/x", [field]);

        Assert.Equal(200, answer.Status);
        Assert.Equal(["Bearer t-1"], Assert.Single(_seen).Authorization);
    }

    [Fact]
    public async Task Forward_Repeated_CarriesItEachTime()
    {
        await _gateway!.AskAsync("GET /forward/503", ["Authorization: Bearer theirs"]);

        Assert.Equal(2, _seen.Count);
        Assert.All(_seen, seen => Assert.Equal(["Bearer t-1"], seen.Authorization));
    }

    [Fact]
    public async Task Compose_CarriesItToThatServiceAlone()
    {
        var answer = await _gateway!.AskAsync("GET /compose", ["Authorization: Bearer theirs"]);

        Assert.Equal(200, answer.Status);
        Assert.Equal(["/other:", "/part:Bearer t-1"], _seen.Select(seen => $"{seen.Path}:{string.Join(',', seen.Authorization)}").Order());
    }

    [Fact]
    public async Task OtherServices_AreSentNone_AndTheirClientsIsTheirAffair()
    {
        await _gateway!.AskAsync("GET /plain", ["Authorization: Bearer theirs"]);

        Assert.Equal(["Bearer theirs"], Assert.Single(_seen).Authorization);
        Assert.Equal(0, _identity.Asked);
    }

    [Theory]
    [InlineData("GET /redirect"), InlineData("GET /forward/302")]
    public async Task Redirect_OursOrTheServices_NeverCarriesIt(string line)
    {
        var answer = await _gateway!.AskAsync(line);

        Assert.Equal((302, "/elsewhere"), (answer.Status, answer.Fields["Location"]));
        Assert.DoesNotContain("t-1", string.Join('\n', answer.Fields.Select(field => field.Value)), StringComparison.Ordinal);
        Assert.DoesNotContain(_seen, seen => seen.Path == "/elsewhere");
    }

    [Theory]
    [InlineData("GET /forward/x"), InlineData("GET /needed")]
    public async Task NoToken_Is503_AndTheServiceIsNotCalled(string line)
    {
        _identity.Fault = new InvalidOperationException("The identity endpoint said s3cret.");

        var answer = await _gateway!.AskAsync(line);

        Assert.Contains("gets no token for api://orders/.default", await _gateway.LogLineAsync("gets no token"), StringComparison.Ordinal);
        await AssertUnavailableAsync(answer);
    }

    [Fact]
    public async Task NoTokenWithinTheRoutesTime_Is503_AndNotTheServicesFault()
    {
        _identity.Gate = new TaskCompletionSource().Task;

        var answer = await _gateway!.AskAsync("GET /hurried");

        await AssertUnavailableAsync(answer);
    }

    private async Task AssertUnavailableAsync(WireAnswer answer)
    {
        using var problem = JsonDocument.Parse(answer.Body);
        Assert.Equal((503, "/_gateway/problems/identity-unavailable"), (answer.Status, problem.RootElement.GetProperty("type").GetString()));
        Assert.Equal("5", answer.Fields["Retry-After"]);
        Assert.DoesNotContain("s3cret", answer.Body, StringComparison.Ordinal);
        Assert.Empty(_seen);
        Assert.Contains("error=identity-unavailable ", await _gateway!.LogLineAsync($"request={answer.Fields["X-Request-Id"]}"), StringComparison.Ordinal);
    }

    private Task AnswerAsync(HttpContext context)
    {
        lock (_seen)
        {
            _seen.Add((context.Request.Path, [.. context.Request.Headers.Authorization.OfType<string>()]));
        }

        var last = context.Request.Path.Value!.Split('/')[^1];
        context.Response.StatusCode = int.TryParse(last, out var status) ? status : 200;
        if (status == 302)
        {
            context.Response.Headers.Location = "/elsewhere";
        }

        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync("{}");
    }
}
