using System.Net;
using System.Security.Cryptography.X509Certificates;
using Mesh.Callers;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LocalHost.Hosts;

/// <summary>One of the servers of this process: Kestrel on loopback, sharing the process's log and its clock.</summary>
internal sealed class LocalServer : IAsyncDisposable
{
    /// <summary>What is under way when the host stops gets this long.</summary>
    public static readonly TimeSpan DrainWithin = TimeSpan.FromSeconds(10);

    private readonly WebApplication _app;

    private LocalServer(WebApplication app) => _app = app;

    /// <summary>Where it listens, one address for each port that was asked for.</summary>
    public required IReadOnlyList<Uri> Addresses { get; init; }

    /// <summary>Its own address, with no slash at the end: what configurations and curl lines begin with.</summary>
    public string Root(int listener = 0) => Addresses[listener].GetLeftPart(UriPartial.Authority);

    public IServiceProvider Services => _app.Services;

    public static async Task<LocalServer> StartAsync(
        LocalServerSettings settings,
        LocalEnvironment local,
        Action<IServiceCollection> register,
        Action<WebApplication> map,
        CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new() { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => Configure(kestrel, settings.Listeners));
        builder.Services.AddRoutingCore().AddMetrics().Add(local.Services);
        builder.Services.AddSingleton<IHostLifetime, ProgramLifetime>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = DrainWithin);
        register(builder.Services);
        var app = builder.Build();
        map(app);
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (Exception e)
        {
            await app.DisposeAsync();
            throw e is IOException { InnerException: AddressInUseException }
                ? new StartFailure(BusyPort.Message((settings.Listeners[0].Port, settings.Purpose, settings.PortOption)))
                : e;
        }

        return new(app) { Addresses = [.. app.Urls.Select(url => new Uri(url))] };
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static void Configure(KestrelServerOptions kestrel, IReadOnlyList<LocalListener> listeners)
    {
        kestrel.AddServerHeader = false;
        kestrel.AllowSynchronousIO = false;
        // The gateway's routes set their own bounds (body: max); bodies are streamed, so that size costs no memory.
        kestrel.Limits.MaxRequestBodySize = null;
        foreach (var listener in listeners)
        {
            if (listener.Port == 0)
            {
                // "localhost" is two addresses, which could not be given the same free port.
                kestrel.Listen(IPAddress.Loopback, 0, listener.Speak);
            }
            else
            {
                kestrel.ListenLocalhost(listener.Port, listener.Speak);
            }
        }
    }
}

/// <summary>What a server needs to know before it starts.</summary>
/// <param name="Purpose">What it is, for the user.</param>
/// <param name="Listeners">Where it listens; the first is its own address.</param>
internal sealed record LocalServerSettings(string Purpose, IReadOnlyList<LocalListener> Listeners)
{
    /// <summary>The option that chooses another port, if there is one.</summary>
    public string? PortOption { get; init; }
}

/// <summary>A port (0: any free one) and what is spoken there.</summary>
internal sealed record LocalListener(int Port, HttpProtocols Protocols = HttpProtocols.Http1)
{
    /// <summary>What the server proves itself with; unset: no TLS.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>True: mutual TLS of the mesh, HTTP/1.1 and HTTP/2; its own certificate and its callers' are of the mesh.</summary>
    public bool IsMesh { get; init; }

    public void Speak(ListenOptions options)
    {
        if (IsMesh)
        {
            options.UseMeshTls();
            return;
        }

        options.Protocols = Protocols;
        if (Certificate is not null)
        {
            options.UseHttps(Certificate);
        }
    }
}
