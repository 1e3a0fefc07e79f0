using Gateway.Configuration;
using Gateway.Telemetry;
using Mesh;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Gateway.Hosting;

/// <summary>Registers the gateway for a Functions app.</summary>
public static class FunctionsRegistration
{
    // They only read files and listen.
    private static readonly Type[] StartWithTheHost = [typeof(ConfigWatcher), typeof(ServerRefusals)];

    /// <summary>
    /// Registers the gateway and its part in the mesh. The host adds a TableServiceClient, an IPepperSource and logging, and calls <see cref="GatewayFunction"/>.
    /// The configuration is read at the start; nothing goes over the network before the first request.
    /// </summary>
    public static IServiceCollection AddGatewayFunction(this IServiceCollection services, GatewayOptions options, MeshOptions mesh)
    {
        services.AddMesh(mesh).AddGateway(options with { Host = GatewayHost.Functions });
        var deferred = services.Where(IsDeferred).ToList();
        foreach (var service in deferred)
        {
            services.Remove(service);
            services.AddSingleton(service.ImplementationType!);
        }

        return services
            .AddSingleton(new DeferredServices([.. deferred.Select(service => service.ImplementationType!)]))
            .AddSingleton<DeferredStart>()
            .AddHostedService(provider => provider.GetRequiredService<DeferredStart>())
            .AddSingleton(provider => new GatewayFunction(provider, provider.GetRequiredService<DeferredStart>()));
    }

    private static bool IsDeferred(ServiceDescriptor service) =>
        service.ServiceType == typeof(IHostedService)
        && service.ImplementationType is { } type
        && (type.Assembly == typeof(GatewayOptions).Assembly || type.Assembly == typeof(MeshOptions).Assembly)
        && !StartWithTheHost.Contains(type);
}
