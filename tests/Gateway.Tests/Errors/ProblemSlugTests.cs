using System.Text;
using System.Text.Json;
using Gateway.Configuration;
using Gateway.Errors;
using Gateway.Tests.Forwarding;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.DependencyInjection;
using Records;

namespace Gateway.Tests.Errors;

/// <summary>Every problem is reached by a real request to the whole gateway on a real socket, and looks as all of them do.</summary>
public sealed class ProblemSlugTests
{
    private const string Config = """
        version: 1
        mesh: { trustDomain: contoso.internal }
        issuers:
          here: { authority: "${env:ISSUER}", audiences: [api] }
          away: { authority: "http://127.0.0.1:1", audiences: [api] }
        services:
          away: http://127.0.0.1:1
          issuer: "${env:ISSUER}"
          slow: { urls: "${env:SERVICE}", timeout: 100ms }
          patient: "${env:SERVICE}"
          impostor: "${env:IMPOSTOR}"
          meshed: { urls: "${env:IMPOSTOR}", tls: mesh }
          tokened: { urls: "${env:SERVICE}", credential: { managedIdentity: "api://away/.default" } }
          diced: ["${env:SERVICE}", "http://127.0.0.1:1"]
        limits:
          once: { rate: 1 per 1h by route, mode: local }
          counted: 100 per 1h by route
        defaults: { auth: anonymous, respond: { text: ok } }
        routes:
          open: GET /open
          fenced: { match: GET /fenced, addresses: { deny: [127.0.0.0/8] } }
          keyed: { match: GET /keyed, auth: apiKey }
          scoped: { match: GET /scoped, auth: { any: [here, away], scopes: [orders.write] } }
          once: { match: GET /once, limits: [once] }
          counted: { match: GET /counted, limits: [counted] }
          small: { match: POST /small, body: { max: 4B, types: [text/plain] }, forward: patient }
          upload: { match: POST /upload, forward: patient }
          away: { match: GET /away, forward: away }
          slow: { match: GET /slow, forward: slow }
          patient: { match: GET /patient, forward: patient }
          impostor: { match: GET /impostor, forward: impostor }
          meshed: { match: GET /meshed, forward: meshed }
          tokened: { match: GET /tokened, forward: tokened }
          parts: { match: GET /parts, compose: { first: "GET issuer:/nothing" } }
          diced: { match: GET /diced, compose: { first: "GET diced:/" } }
        """;

    // How each is provoked.
    private static readonly Dictionary<GatewayError, Provocation> _table = new()
    {
        [GatewayError.NoRoute] = new("GET /nowhere"),
        [GatewayError.MethodNotAllowed] = new("DELETE /open"),
        [GatewayError.MalformedRequest] = new("GET /open/%zz"),
        [GatewayError.RequestTooLarge] = new("POST /small", "Content-Type: text/plain\r\nContent-Length: 5") { Body = "12345" },
        [GatewayError.RequestTimeout] = new("POST /upload", "Content-Length: 1000000") { Body = "the rest never comes" },
        [GatewayError.UnsupportedMediaType] = new("POST /small", "Content-Type: application/json\r\nContent-Length: 2") { Body = "{}" },
        [GatewayError.AddressNotAllowed] = new("GET /fenced"),
        [GatewayError.CredentialsMissing] = new("GET /keyed"),
        [GatewayError.CredentialsInvalid] = new("GET /keyed", "X-Api-Key: nonsense"),
        [GatewayError.Forbidden] = new("GET /scoped") { Credential = stand => $"Authorization: Bearer {ProblemStand.Token(stand.Issuer)}" },
        [GatewayError.RateLimited] = new("GET /once") { Times = 2 },
        [GatewayError.LimiterUnavailable] = new("GET /counted") { Before = stand => stand.Gateway.Tables.IsAway = true },
        [GatewayError.UpstreamUnreachable] = new("GET /away"),
        [GatewayError.UpstreamTimeout] = new("GET /slow"),
        [GatewayError.UpstreamIdentityMismatch] = new("GET /impostor"),
        [GatewayError.MeshUnavailable] = new("GET /meshed"),
        [GatewayError.IdentityUnavailable] = new("GET /tokened"),
        [GatewayError.PartFailed] = new("GET /parts"),
        [GatewayError.ConfigurationUnavailable] = new("GET /open") { Before = stand => stand.Gateway.Services.GetRequiredService<SnapshotSource>().Current = null },
        [GatewayError.CredentialStoreUnavailable] = new("GET /keyed")
        {
            Before = stand => stand.Gateway.Tables.IsAway = true,
            Credential = stand => $"X-Api-Key: {ApiKeyText.Create(ApiKeyKind.Live, stand.Gateway.Peppers.Current).Reveal()}",
        },
        [GatewayError.IssuerUnavailable] = new("GET /scoped") { Credential = _ => $"Authorization: Bearer {ProblemStand.Token("http://127.0.0.1:1")}" },
        [GatewayError.Internal] = new("GET /diced"),
    };

    // Seen elsewhere, by tests of their own: no answer, but the log and the metrics; and only on Azure Functions.
    private static readonly GatewayError[] _unseen = [GatewayError.ClientGone, GatewayError.NotServedHere];

    public static TheoryData<GatewayError> Provoked => [.. _table.Keys];

    [Fact]
    public void Table_HasEveryError() =>
        Assert.Equal(Enum.GetValues<GatewayError>().Order(), _table.Keys.Concat(_unseen).Order());

    [Theory]
    [MemberData(nameof(Provoked))]
    public async Task Request_ThatFails_IsItsProblem_WithAPage(GatewayError error)
    {
        await using var stand = await ProblemStand.StartAsync(Config);
        var (row, provocation) = (error.Describe(), _table[error]);
        provocation.Before(stand);

        var answer = await SendAsync(stand, provocation);

        Assert.Equal((row.Status, "application/problem+json"), (answer.Status, answer.Fields["Content-Type"]));
        Assert.Equal(row.Status is 429 or 503, answer.Fields.TryGetValue("Retry-After", out var wait) && wait.Length > 0 && wait.All(char.IsAsciiDigit));
        using var problem = JsonDocument.Parse(answer.Body);
        Assert.Equal($"/_gateway/problems/{row.Slug}", problem.RootElement.GetProperty("type").GetString());
        Assert.Equal(row.Title, problem.RootElement.GetProperty("title").GetString());
        Assert.Equal(row.Status, problem.RootElement.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.RootElement.GetProperty("detail").GetString()!);
        Assert.Equal(answer.Fields["X-Request-Id"], problem.RootElement.GetProperty("instance").GetString());
        Assert.Contains($"error={row.Slug} ", await stand.Gateway.LogLineAsync($"request={answer.Fields["X-Request-Id"]}"), StringComparison.Ordinal);
        var page = await stand.Gateway.SendAsync($"GET {problem.RootElement.GetProperty("type").GetString()} HTTP/1.1\r\nHost: test\r\nAccept: text/html\r\nConnection: close\r\n\r\n");
        Assert.Equal(200, page.Status);
        Assert.StartsWith("text/html", page.Fields["Content-Type"], StringComparison.Ordinal);
        Assert.Contains(row.Slug, page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_OfAClientThatWentAway_IsLoggedAndMeasured()
    {
        await using var stand = await ProblemStand.StartAsync(Config);
        using var durations = new MetricCollector<double>(stand.Gateway.Services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(), "ServerlessGateway", "http.server.request.duration");
        var client = await RawPeer.ConnectAsync(stand.Gateway.Port);
        await client.SendAsync("GET /patient HTTP/1.1\r\nHost: test\r\n\r\n");
        await stand.ServiceWasCalled.WaitAsync(TestContext.Current.CancellationToken);

        client.Reset();

        Assert.Contains("route=patient status=499 ", await stand.Gateway.LogLineAsync("error=client-gone "), StringComparison.Ordinal);
        Assert.Equal("client-gone", Assert.Single(durations.GetMeasurementSnapshot()).Tags["error.type"]);
    }

    private static async Task<WireAnswer> SendAsync(ProblemStand stand, Provocation provocation)
    {
        var text = new StringBuilder($"{provocation.Line} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n");
        foreach (var field in new[] { provocation.Fields, provocation.Credential(stand) }.Where(field => field.Length > 0))
        {
            text.Append(field).Append("\r\n");
        }

        text.Append("\r\n").Append(provocation.Body);
        for (var time = 1; time < provocation.Times; time++)
        {
            Assert.Equal(200, (await stand.Gateway.SendAsync(text.ToString())).Status);
        }

        return await stand.Gateway.SendAsync(text.ToString());
    }

    private sealed record Provocation(string Line, string Fields = "")
    {
        public string Body { get; init; } = "";

        /// <summary>How often it is sent; all but the last succeed.</summary>
        public int Times { get; init; } = 1;

        public Action<ProblemStand> Before { get; init; } = _ => { };

        public Func<ProblemStand, string> Credential { get; init; } = _ => "";
    }
}
