using Gateway.Configuration;
using Gateway.Telemetry;
using Mesh;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Gateway.Hosting;

/// <summary>Registers the gateway for a Functions app.</summary>
public static class FunctionsRegistration
{
    // They only read files and listen.
    private static readonly Type[] StartWithTheHost = [typeof(ConfigWatcher), typeof(ServerRefusals)];

    /// <summary>Registers all but logging, as the app's configuration says: sections "Gateway" (<see cref="FrontDoorSettings"/>) and "Mesh".</summary>
    /// <exception cref="FrontDoorSettingsException">With every mistake.</exception>
    public static IServiceCollection AddGatewayFunction(this IServiceCollection services, IConfiguration configuration)
    {
        // The worker would believe any X-Forwarded-* of its host, which hosts and prefixes are no part of: routes match the Host header.
        services.PostConfigure<ForwardedHeadersOptions>(static headers => headers.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto);
        var (options, mesh) = services.AddFrontDoorClients(configuration);
        return services.AddGatewayFunction(options, mesh);
    }

    /// <summary>
    /// Registers the gateway and its part in the mesh. The host adds a TableServiceClient, an IPepperSource and logging, and calls <see cref="GatewayFunction"/>.
    /// The configuration is read at the start; nothing goes over the network before the first request.
    /// </summary>
    public static IServiceCollection AddGatewayFunction(this IServiceCollection services, GatewayOptions options, MeshOptions mesh)
    {
        services.AddMesh(mesh).AddGateway(options with { Host = GatewayHost.Functions });
        var deferred = (from registered in services
                        where registered.ServiceType == typeof(IHostedService)
                        let service = DeferredService.Of(registered)
                        where service is not null && IsOurs(service.Type) && !StartWithTheHost.Contains(service.Type)
                        select (registered, service)).ToList();
        deferred.ForEach(one => services.Remove(one.registered));
        return services
            .AddSingleton(new DeferredServices([.. deferred.Select(one => one.service)]))
            .AddSingleton<DeferredStart>()
            .AddHostedService(provider => provider.GetRequiredService<DeferredStart>())
            .AddSingleton(provider => new GatewayFunction(provider, provider.GetRequiredService<DeferredStart>()));
    }

    private static bool IsOurs(Type service) => service.Assembly == typeof(GatewayOptions).Assembly || service.Assembly == typeof(MeshOptions).Assembly;
}
