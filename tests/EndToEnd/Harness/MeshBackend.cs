using System.Net;
using Mesh;
using Mesh.Callers;
using Mesh.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EndToEnd.Harness;

/// <summary>A backend as docs/mesh.md writes it, which the local host knows nothing of but the name.</summary>
internal sealed class MeshBackend : IAsyncDisposable
{
    private readonly WebApplication _app;

    private MeshBackend(WebApplication app) => _app = app;

    /// <summary>Answers with who calls, at every path.</summary>
    /// <param name="file">What the local host wrote for it.</param>
    /// <param name="port">Where the configuration calls it.</param>
    public static async Task<MeshBackend> StartAsync(string file, int port)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration["Mesh:Local"] = file;
        builder.AddMesh();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen => listen.UseMeshTls()));
        var app = builder.Build();
        app.RequireMeshCaller("gateway");
        app.MapGet("/{**path}", (HttpContext context) => $"{context.MeshCaller()?.Id}");
        await app.StartAsync(TestContext.Current.CancellationToken);
        await app.Services.GetRequiredService<MeshReady>().WaitAsync(TestContext.Current.CancellationToken);
        return new(app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
