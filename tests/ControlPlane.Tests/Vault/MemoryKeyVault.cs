using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Core.Pipeline;
using ControlPlane.Vault;

namespace ControlPlane.Tests.Vault;

/// <summary>Keys on P-256 behind as much of the protocol as the control plane speaks.</summary>
internal sealed class MemoryKeyVault(TimeProvider time) : HttpMessageHandler
{
    private readonly List<(string Version, ECDsa Key, JsonObject Tags, bool Enabled)> _keys = [];
    private HttpClient? _client;

    public VaultKeys Keys => new(
        new("https://one.vault.azure.net"), new AnyCredential(time), new() { Transport = new HttpClientTransport(_client ??= new(this)), Retry = { MaxRetries = 0 } });

    /// <summary>How many versions there are.</summary>
    public int Versions => _keys.Count;

    /// <summary>How often something was signed.</summary>
    public int Signed { get; private set; }

    /// <summary>As an operator can: it signs no more.</summary>
    public void Disable(string version)
    {
        var index = _keys.FindIndex(key => key.Version == version);
        _keys[index] = _keys[index] with { Enabled = false };
    }

    /// <summary>Nothing is there any more.</summary>
    public void Purge() => _keys.Clear();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath.Split('/');
        var body = request.Content is null ? null : await request.Content.ReadFromJsonAsync<JsonObject>(cancellationToken);
        if (path is [_, _, _, var asked, ..] && asked is not ("create" or "versions") && !_keys.Exists(key => key.Version == asked))
        {
            return Refuse(HttpStatusCode.NotFound, "KeyNotFound");
        }

        if (path is [_, _, _, var used, "sign"] && !_keys.Exists(key => key.Version == used && key.Enabled))
        {
            return Refuse(HttpStatusCode.Forbidden, "Forbidden");
        }

        JsonNode answer = path switch
        {
            [_, _, _, "create"] => Create(body!),
            [_, _, _, "versions"] => new JsonObject { ["value"] = new JsonArray([.. _keys.Select((_, index) => Describe(index))]) },
            [_, _, _, var version, "sign"] => Sign(version, body!),
            [_, _, _, var version] => Describe(_keys.FindIndex(key => key.Version == version)),
            _ => throw new NotSupportedException(request.RequestUri.ToString()),
        };
        return new(HttpStatusCode.OK) { Content = JsonContent.Create(answer) };
    }

    protected override void Dispose(bool disposing)
    {
        _keys.ForEach(key => key.Key.Dispose());
        base.Dispose(disposing);
    }

    private static HttpResponseMessage Refuse(HttpStatusCode status, string code) =>
        new(status) { Content = JsonContent.Create(new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = "No." } }) };

    private JsonObject Create(JsonObject wanted)
    {
        _keys.Add(($"k{_keys.Count + 1}", ECDsa.Create(ECCurve.NamedCurves.nistP256), wanted["tags"]!.DeepClone().AsObject(), true));
        return Describe(_keys.Count - 1);
    }

    private JsonObject Sign(string version, JsonObject wanted)
    {
        Signed++;
        var key = _keys.First(key => key.Version == version).Key;
        return new() { ["kid"] = Id(version), ["value"] = Base64Url.EncodeToString(key.SignHash(Base64Url.DecodeFromChars((string)wanted["value"]!))) };
    }

    private JsonObject Describe(int index)
    {
        var (version, key, tags, isEnabled) = _keys[index];
        var point = key.ExportParameters(false).Q;
        return new()
        {
            ["kid"] = Id(version),
            ["key"] = new JsonObject { ["kid"] = Id(version), ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Base64Url.EncodeToString(point.X), ["y"] = Base64Url.EncodeToString(point.Y) },
            ["attributes"] = new JsonObject { ["enabled"] = isEnabled, ["created"] = 1 },
            ["tags"] = tags.DeepClone(),
        };
    }

    private static string Id(string version) => $"https://one.vault.azure.net/keys/mesh-authority/{version}";

    private sealed class AnyCredential(TimeProvider time) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new("token", time.GetUtcNow().AddYears(50));

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
