using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Mesh.Callers;

/// <summary>What an app says of its callers, and asks.</summary>
public static class MeshCallerExtensions
{
    /// <summary>The workload that made this request. Null: it is a plain call.</summary>
    public static IMeshCaller? MeshCaller(this HttpContext context) => context.Features.Get<IMeshCaller>();

    /// <summary>Lets these services in, and no others, at an endpoint or a group of them. No names: every service of the mesh.</summary>
    public static TBuilder RequireMeshCaller<TBuilder>(this TBuilder endpoints, params string[] services)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithPolicy(CallerPolicy.For(services));

    /// <summary>Lets these services in, and no others, at all of the app that does not say otherwise.</summary>
    public static IApplicationBuilder RequireMeshCaller(this IApplicationBuilder app, params string[] services)
    {
        app.ApplicationServices.GetRequiredService<CallerRules>().ForApp = CallerPolicy.For(services);
        return app;
    }

    /// <summary>Lets everybody in, with a certificate or without: for health checks and the like.</summary>
    public static TBuilder AllowPlainCaller<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithPolicy(CallerPolicy.Anybody);

    private static TBuilder WithPolicy<TBuilder>(this TBuilder endpoints, CallerPolicy policy)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoints.Add(endpoint => endpoint.Metadata.Add(policy));
        return endpoints;
    }
}
