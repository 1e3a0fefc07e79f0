using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using Mesh.Canaries;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace Mesh.Tests.Calls;

/// <summary>A server with a certificate that the test chooses. It takes any client's and remembers it.</summary>
internal sealed class MeshBackend : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<string> _chunks = Channel.CreateUnbounded<string>();

    private MeshBackend(WebApplication app) => _app = app;

    public required X509Certificate2 Leaf { get; set; }

    public X509Certificate2? Candidate { get; set; }

    /// <summary>What the well-known path answers to a client with this serial number.</summary>
    public Func<string?, int> WellKnownStatusOf { get; set; } = _ => StatusCodes.Status204NoContent;

    /// <summary>Names that handshakes asked for.</summary>
    public ConcurrentQueue<string> Names { get; } = new();

    /// <summary>Serial numbers that clients presented, one for each request.</summary>
    public ConcurrentQueue<string?> Clients { get; } = new();

    /// <summary>By IP: the host name says nothing in the mesh.</summary>
    public Uri Address => new(_app.Urls.First());

    public static async Task<MeshBackend> StartAsync(X509Certificate2 leaf)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        MeshBackend backend = null!;
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
            listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = context => ValueTask.FromResult(backend.OptionsFor(context.ClientHelloInfo.ServerName)) })));
        var app = builder.Build();
        backend = new(app) { Leaf = leaf };
        app.Run(backend.AnswerAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return backend;
    }

    /// <summary>Sends the next part of the answers to /stream; null ends them.</summary>
    public void Say(string? chunk)
    {
        if (chunk is null)
        {
            _chunks.Writer.Complete();
        }
        else
        {
            _chunks.Writer.TryWrite(chunk);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _chunks.Writer.TryComplete();
        await _app.DisposeAsync();
    }

    private SslServerAuthenticationOptions OptionsFor(string name)
    {
        Names.Enqueue(name);
        return new()
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(name.StartsWith("candidate--", StringComparison.Ordinal) ? Candidate ?? Leaf : Leaf, null, offline: true),
            ClientCertificateRequired = true,
            RemoteCertificateValidationCallback = (_, presented, _, _) => presented?.Subject != "CN=nobody",
            ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
        };
    }

    private async Task AnswerAsync(HttpContext context)
    {
        Clients.Enqueue(context.Connection.ClientCertificate?.SerialNumber);
        if (context.Request.Path == MeshEndpoint.Path)
        {
            context.Response.StatusCode = WellKnownStatusOf(context.Connection.ClientCertificate?.SerialNumber);
            return;
        }

        if (context.Request.Path != "/stream")
        {
            await context.Response.WriteAsync(context.Request.Protocol);
            return;
        }

        await context.Response.Body.FlushAsync(context.RequestAborted);
        await foreach (var chunk in _chunks.Reader.ReadAllAsync(context.RequestAborted))
        {
            await context.Response.WriteAsync(chunk, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }
}
