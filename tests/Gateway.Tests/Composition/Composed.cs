using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Composition;
using Gateway.Errors;
using Gateway.Requests;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Composition;

/// <summary>A composed route over fake services, and one request to it.</summary>
internal sealed class Composed(FakeServices services, TimeProvider? time = null)
{
    private readonly OrderedDictionary<string, ComposePartConfig> _parts = [];

    public TimeSpan? Timeout { get; init; }

    public HttpContext Context { get; } = new DefaultHttpContext();

    public string Method { get; init; } = "GET";

    /// <summary>Ends when the client goes away.</summary>
    public CancellationToken Client { get; init; }

    public string Query { get; init; } = "";

    public Failure? Failure => Context.Gateway().Failure;

    public JsonElement Member(string name) => JsonSerializer.SerializeToElement(Failure!.Members.Single(member => member.Key == name).Value);

    public Composed Part(string name, string call, bool optional = false, string? body = null, TimeSpan? timeout = null, long? max = null)
    {
        var part = new ComposePartConfig { Call = call, Optional = optional, Timeout = timeout, Body = body is null ? null : JsonNode.Parse(body) };
        _parts.Add(name, max is null ? part : part with { Max = new ByteSize(max.Value) });
        return this;
    }

    public async Task<string> RunAsync()
    {
        var body = new MemoryStream();
        Context.Request.Method = Method;
        Context.Response.Body = body;
        Context.RequestAborted = Client;
        Context.Features.Set(new GatewayRequest
        {
            Id = "req-1",
            Host = "shop.example",
            Query = Query,
            PathValues = new Dictionary<string, string> { ["customer"] = "c%2F7" },
            Caller = new() { Kind = CallerKind.ApiKey, Consumer = "acme" },
        });
        var route = new EffectiveRoute { Name = "r", Matches = [], Config = new() { Version = 1 }, Compose = _parts, Timeout = Timeout };
        var stage = new ComposeStage(services, time ?? TimeProvider.System);
        await stage.Compile(route, _ => throw new InvalidOperationException("An action ends the way."))(Context);
        return Encoding.UTF8.GetString(body.ToArray());
    }
}
