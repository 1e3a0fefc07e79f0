using Gateway.Upstreams;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Gateway.Forwarding;

internal static class ForwardingRegistration
{
    /// <summary>The forward action.</summary>
    public static IServiceCollection AddForwarding(this IServiceCollection services)
    {
        services.AddUpstreams();
        services.AddHttpForwarder();
        services.TryAddSingleton<ForwardStage>();
        return services;
    }
}
