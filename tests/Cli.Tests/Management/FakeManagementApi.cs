using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Cli.Tests.Management;

/// <summary>A server that answers every call with what the test says and remembers what was asked.</summary>
internal sealed class FakeManagementApi : IAsyncDisposable
{
    public const string Acme = """{"name":"acme","plan":"gold","groups":["partners","eu"],"suspended":false,"created":"2026-11-01T08:00:00Z"}""";
    public const string Made = """{"id":"k1","prefix":"sgw_live_k1","consumer":"acme","label":"ci","scopes":["orders.read"],"created":"2026-11-01T08:00:00Z","expires":null,"revoked":null,"lastUsed":"2026-11-20","key":"sgw_live_canary"}""";
    public const string Key = """{"id":"k1","prefix":"sgw_live_k1","consumer":"acme","label":"ci","scopes":["orders.read"],"created":"2026-11-01T08:00:00Z","expires":null,"revoked":null,"lastUsed":"2026-11-20"}""";

    private readonly WebApplication _app;

    private Queue<(int Status, string Answer)>? _turns;
    private Action? _stop;

    private FakeManagementApi(WebApplication app) => _app = app;

    public int Status { get; set; } = 200;

    public string Answer { get; set; } = "{}";

    public string ContentType { get; set; } = "application/json";

    public List<string> Calls { get; } = [];

    public List<string?> Authorizations { get; } = [];

    /// <summary>What the last call made a condition, as it was sent.</summary>
    public string Condition { get; private set; } = "";

    public JsonNode? Body { get; private set; }

    public string Text { get; private set; } = "";

    public string Url => _app.Urls.Single();

    public static async Task<FakeManagementApi> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var fake = new FakeManagementApi(app);
        app.Run(fake.HandleAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return fake;
    }

    public void Says(int status, string answer, string contentType = "application/json") => (Status, Answer, ContentType) = (status, answer, contentType);

    /// <summary>One answer for each call; the call after the last one makes the caller stop, and hangs until it does.</summary>
    public void SaysInTurn(Action stop, params IEnumerable<(int Status, string Answer)> answers) => (_turns, _stop) = (new(answers), stop);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        // the target as it was sent, before any decoding
        Calls.Add($"{context.Request.Method} {context.Features.Get<IHttpRequestFeature>()!.RawTarget}");
        Authorizations.Add(context.Request.Headers.Authorization);
        Condition = $"{context.Request.Headers.IfMatch}{context.Request.Headers.IfNoneMatch}";
        using var reader = new StreamReader(context.Request.Body);
        Text = await reader.ReadToEndAsync(context.RequestAborted);
        Body = Text.StartsWith('{') ? JsonNode.Parse(Text) : null;
        if (_turns is not null)
        {
            if (!_turns.TryDequeue(out var turn))
            {
                _stop!();
                await new TaskCompletionSource().Task.WaitAsync(context.RequestAborted);
            }

            Says(turn.Status, turn.Answer, turn.Status < 400 ? "application/json" : "application/problem+json");
        }

        context.Response.StatusCode = Status;
        if (Status != 204)
        {
            context.Response.ContentType = ContentType;
            await context.Response.WriteAsync(Answer, context.RequestAborted);
        }
    }
}
