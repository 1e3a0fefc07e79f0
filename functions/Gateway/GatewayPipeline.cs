using Gateway.Addresses;
using Gateway.Authentication;
using Gateway.Authorization;
using Gateway.Bodies;
using Gateway.Composition;
using Gateway.Cors;
using Gateway.Errors;
using Gateway.Forwarding;
using Gateway.Hosting;
using Gateway.Hygiene;
using Gateway.Limits;
using Gateway.OwnEndpoints;
using Gateway.Responding;
using Gateway.ResponseRules;
using Gateway.Routing;
using Gateway.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway;

/// <summary>The whole way of a request, in order. Start reading the code here.</summary>
public static class GatewayPipeline
{
    /// <summary>Around everything: once for each request, and with no configuration needed.</summary>
    internal static IReadOnlyList<Step> Around { get; } =
    [
        typeof(TelemetryMiddleware),    // the request's id, its trace, one log line and one duration, whatever happens below
        typeof(ErrorsMiddleware),       // turns every failure below into one problem+json shape
        typeof(FunctionsMiddleware),    // on Azure Functions only: puts back what its front end changed, refuses what cannot pass through it
        typeof(OwnEndpointsMiddleware), // /_gateway/: live, ready and problem pages must answer when nothing else can
        typeof(SnapshotMiddleware),     // takes the configuration that this request sees to its end
    ];

    /// <summary>From the server to the route: compiled once for each configuration.</summary>
    internal static IReadOnlyList<Step> ToTheRoute { get; } =
    [
        typeof(HygieneMiddleware),       // refuses what no honest client sends; what is matched below is what is forwarded
        typeof(ClientAddressMiddleware), // what trusted proxies say of the client and the host, before routing asks
        typeof(HeaderRemovalMiddleware), // after that was read: every header that only the gateway or the platform may set goes
        typeof(RoutingMiddleware),       // host, path, method, headers, query: one route, or 404, or 405
    ];

    /// <summary>Of the route: compiled once for each route; a step that the route does not use is not there.</summary>
    internal static IReadOnlyList<Type> OfTheRoute { get; } =
    [
        typeof(AddressesStage),      // cheapest refusal first
        typeof(CorsStage),           // a preflight ends here: it carries no credential and costs no quota
        typeof(AuthenticationStage), // who calls; a bad credential is refused even where none is needed
        typeof(AuthorizationStage),  // what the caller may do here
        typeof(LimitStage),          // only callers with the right to call are counted
        typeof(BodyStage),           // size while streaming, media type
        typeof(ResponseRulesStage),  // around the action: acts on the way back
        typeof(ForwardStage),        // the action is exactly one of these four
        typeof(ComposeStage),
        typeof(RespondStage),
        typeof(RedirectStage),
    ];

    /// <summary>Builds what a host runs for every request.</summary>
    public static RequestDelegate Build(IServiceProvider services)
    {
        var isFunction = services.GetRequiredService<GatewayOptions>().Host == GatewayHost.Functions;
        var app = new ApplicationBuilder(services);
        foreach (var step in Around.Where(step => isFunction || step.Type != typeof(FunctionsMiddleware)))
        {
            app.UseMiddleware(step.Type);
        }

        return app.Build();
    }

    /// <summary>Compiles the way from the server through the one matching route.</summary>
    internal static RequestDelegate Compile(IServiceProvider services, GatewayConfig config)
    {
        var table = RouteTable.Build(EffectiveRoute.AllOf(config));
        Func<EffectiveRoute, RequestDelegate> ofTheRoute = route => WayOf(services, route);
        var app = new ApplicationBuilder(services);
        foreach (var step in ToTheRoute)
        {
            app.UseMiddleware(step.Type, NeedsOf(step.Type, config, table, ofTheRoute));
        }

        return app.Build();
    }

    // What a step takes beside the services: its part of the configuration.
    private static object[] NeedsOf(Type step, GatewayConfig config, RouteTable table, Func<EffectiveRoute, RequestDelegate> ofTheRoute) =>
        step == typeof(RoutingMiddleware) ? [table, ofTheRoute] : step == typeof(ClientAddressMiddleware) ? [config.TrustedProxies] : [];

    private static RequestDelegate WayOf(IServiceProvider services, EffectiveRoute route)
    {
        RequestDelegate way = _ => throw new InvalidOperationException($"Route {route.Name} has no action; validation should have refused it.");
        foreach (var step in OfTheRoute.Reverse())
        {
            way = ((IRouteStage)services.GetRequiredService(step)).Compile(route, way);
        }

        return way;
    }
}
