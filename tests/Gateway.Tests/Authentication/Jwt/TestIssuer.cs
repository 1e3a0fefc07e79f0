using System.Net;
using System.Text.Json.Nodes;

namespace Gateway.Tests.Authentication.Jwt;

/// <summary>An issuer's web site in memory: discovery and keys, each of which a test may replace, break or hold back.</summary>
internal sealed class TestIssuer : HttpMessageHandler
{
    public const string Authority = "https://login.example/tenant";

    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public JsonArray Keys { get; set; } = [TestKey.Rsa.Public()];

    public JsonObject Discovery { get; set; } = new() { ["issuer"] = Authority, ["jwks_uri"] = "https://login.example/tenant/keys" };

    /// <summary>Answers instead of the site, when it returns something.</summary>
    public Func<HttpRequestMessage, HttpResponseMessage?> Instead { get; set; } = _ => null;

    /// <summary>Held back until this is done.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>Every address that was asked for.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>How often the keys were asked for.</summary>
    public int Fetches
    {
        get
        {
            lock (_lock)
            {
                return Asked.Count(address => address.EndsWith("keys", StringComparison.Ordinal));
            }
        }
    }

    /// <summary>Done when the first request has come in.</summary>
    public Task WasAsked => _asked.Task;

    public bool IsDown { get; set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Asked.Add(request.RequestUri!.ToString());
        }

        _asked.TrySetResult();
        await Gate.WaitAsync(cancellationToken);
        if (IsDown)
        {
            throw new HttpRequestException("down");
        }

        return Instead(request) ?? Answer(request.RequestUri!.AbsolutePath switch
        {
            "/tenant/.well-known/openid-configuration" => Discovery.ToJsonString(),
            "/tenant/keys" => new JsonObject { ["keys"] = Keys.DeepClone() }.ToJsonString(),
            _ => null,
        });
    }

    public static HttpResponseMessage Answer(string? body) =>
        body is null ? new(HttpStatusCode.NotFound) : new(HttpStatusCode.OK) { Content = new StringContent(body) };
}
