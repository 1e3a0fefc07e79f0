using Azure.Core;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Gateway.Tests.Authentication.Jwt;
using Gateway.Tests.Forwarding;
using Gateway.Tests.Upstreams;
using Mesh;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Errors;

/// <summary>A whole gateway among peers that fail in their ways: an issuer, a service that never answers, one that cannot prove who it is.</summary>
internal sealed class ProblemStand : IAsyncDisposable
{
    private readonly TaskCompletionSource _called = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<IAsyncDisposable> _parts = [];

    public required string Issuer { get; init; }

    public RunningGateway Gateway { get; private set; } = null!;

    /// <summary>Done when the first call has come to the service.</summary>
    public Task ServiceWasCalled => _called.Task;

    public static async Task<ProblemStand> StartAsync(string config)
    {
        var issuer = await TestServer.StartAsync(AnswerAsIssuer);
        var stand = new ProblemStand { Issuer = issuer.Url };
        var service = await TestServer.StartAsync(stand.NeverAnswer);
        var impostor = await TestServer.StartAsync(_ => Task.CompletedTask, listen: listen => listen.UseHttps(OwnCertificate()));
        stand.Gateway = await RunningGateway.StartAsync(config, new()
        {
            Environment = new Dictionary<string, string> { ["ISSUER"] = issuer.Url, ["SERVICE"] = service.Url, ["IMPOSTOR"] = impostor.Url },
            // A member of a mesh that has not begun.
            Services = services => services
                .AddSingleton(new SecretClient(new("https://127.0.0.1:1"), new DefaultAzureCredential()))
                .AddMesh(new MeshOptions { Service = "gateway", TrustDomain = "contoso.internal", Callers = null })
                // And an identity that gets no token.
                .AddSingleton<TokenCredential>(new FakeIdentity { Fault = new CredentialUnavailableException("No identity endpoint.") })
                .AddSingleton<Random>(new BrokenDice()),
            // Below this many bytes a second, after the shortest grace that the server grants, a body is too slow.
            Server = server => server.Limits.MinRequestBodyDataRate = new MinDataRate(240, TimeSpan.FromSeconds(1.1)),
        });
        stand._parts.AddRange([stand.Gateway, issuer, service, impostor]);
        return stand;
    }

    /// <summary>A token of that issuer with the scope orders.read and no other.</summary>
    public static string Token(string issuer)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject { ["iss"] = issuer, ["aud"] = "api", ["sub"] = "alice", ["exp"] = now + 600, ["scope"] = "orders.read" };
        return TestKey.Rsa.Sign(TokenWorld.Header().ToJsonString(), claims.ToJsonString(), "RS256");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in _parts)
        {
            await part.DisposeAsync();
        }
    }

    private static Task AnswerAsIssuer(HttpContext context)
    {
        var home = $"http://{context.Request.Host}";
        JsonObject? answer = context.Request.Path.Value switch
        {
            "/.well-known/openid-configuration" => new() { ["issuer"] = home, ["jwks_uri"] = $"{home}/keys" },
            "/keys" => new() { ["keys"] = new JsonArray(TestKey.Rsa.Public()) },
            _ => null,
        };
        context.Response.StatusCode = answer is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
        return context.Response.WriteAsync(answer?.ToJsonString() ?? "");
    }

    private async Task NeverAnswer(HttpContext context)
    {
        _called.TrySetResult();
        await new TaskCompletionSource().Task.WaitAsync(context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // Signed by nobody whom the gateway trusts.
    private static X509Certificate2 OwnCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    // A fault of the gateway's own, in the middle of its work.
    private sealed class BrokenDice : Random
    {
        public override int Next(int maxValue) => throw new InvalidOperationException("The dice are lost.");
    }
}
