using Gateway.Secrets;
using Mesh;
using Mesh.Secrets;
using Mesh.Settings;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Records;

namespace Gateway.Hosting;

/// <summary>Registers a front door in Azure.</summary>
public static class FrontDoorRegistration
{
    /// <summary>
    /// For a server of its own, such as in a container: all but logging, as the configuration says: sections "Gateway" (<see cref="FrontDoorSettings"/>) and "Mesh".
    /// The host runs <see cref="GatewayPipeline.Build"/>.
    /// </summary>
    /// <exception cref="FrontDoorSettingsException">With every mistake.</exception>
    public static IServiceCollection AddFrontDoor(this IServiceCollection services, IConfiguration configuration)
    {
        var (options, mesh) = services.AddFrontDoorClients(configuration);
        return services.AddMesh(mesh).AddGateway(options);
    }

    /// <summary>Registers the clients of Azure, and gives what the gateway and the mesh are to be told.</summary>
    internal static (GatewayOptions Options, MeshOptions Mesh) AddFrontDoorClients(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var settings = FrontDoorSettings.Read(configuration);
        // Its clients are not of the mesh.
        var mesh = configuration.ReadMesh() with { Callers = null };
        if (settings.Check(isLocal: mesh.Local is not null).ToList() is { Count: > 0 } errors)
        {
            throw new FrontDoorSettingsException(errors);
        }

        var clients = new FrontDoorClients(settings, mesh.Local, TimeProvider.System);
        if (clients.Blobs() is { } blobs)
        {
            services.AddSingleton(blobs);
        }

        // Bodies have the bounds of their routes; the server, in a Functions worker too, has one of its own.
        services.Configure<KestrelServerOptions>(static server => server.Limits.MaxRequestBodySize = null);
        services
            .AddSingleton(_ => clients)
            .AddSingleton(_ => clients.Tables())
            .AddSingleton(clients.Credential)
            .AddKeyedSingleton(GatewaySecrets.ClientKey, clients.SharedVault())
            .AddSingleton<IPepperSource>(provider => new VaultPeppers(
                clients.SharedVault(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<VaultPeppers>>()));
        return (new() { ConfigPath = Path.Combine(AppContext.BaseDirectory, settings.Config) }, mesh);
    }
}
