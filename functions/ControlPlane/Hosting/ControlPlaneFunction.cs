using ControlPlane.Access;
using ControlPlane.Management;
using ControlPlane.Orchestrations;
using Mesh.Secrets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ControlPlane.Hosting;

/// <summary>The control plane as functions: what its triggers call.</summary>
public sealed partial class ControlPlaneFunction
{
    private readonly OrchestratedMesh _mesh;
    private readonly VaultManageKey _key;
    private readonly VaultPeppers _peppers;
    private readonly RequestDelegate _management;
    private readonly ILogger _logger;

    internal ControlPlaneFunction(OrchestratedMesh mesh, VaultManageKey key, VaultPeppers peppers, IServiceProvider services, ILogger<ControlPlaneFunction> logger)
    {
        (_mesh, _key, _peppers, _logger) = (mesh, key, peppers, logger);
        var app = new ApplicationBuilder(services);
        app.UseRouting();
        app.UseEndpoints(endpoints => endpoints.MapManagement());
        _management = app.Build();
    }

    /// <summary>Serves a call of the management API. What it begins is found in <see cref="OrchestratedMesh.RunningAsync"/> afterwards.</summary>
    public Task ManageAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        // The endpoint that is set is the function itself.
        context.SetEndpoint(null);
        context.Request.RouteValues.Clear();
        return _management(context);
    }

    /// <summary>Makes what is missing of the first things: the manage key, the pepper, the mesh; and begins what is due. May be done at any time.</summary>
    public async Task TickAsync(CancellationToken cancellation)
    {
        await TryAsync("the manage key", () => _key.EnsureAsync(cancellation), cancellation);
        await TryAsync("the pepper of API keys", () => _peppers.EnsureAsync(null, cancellation), cancellation);
        await _mesh.TickAsync(cancellation);
    }

    // One that is away holds up no other.
    private async Task TryAsync(string what, Func<Task> ensure, CancellationToken cancellation)
    {
        try
        {
            await ensure();
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            Log.NotThere(_logger, failure, what);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "It cannot be seen to it that {What} is there; it is tried again at the next tick.")]
        public static partial void NotThere(ILogger logger, Exception exception, string what);
    }
}
