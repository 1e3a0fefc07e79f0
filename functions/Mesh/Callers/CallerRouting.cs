using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Mesh.Callers;

/// <summary>
/// Has a request whose caller the app's rule does not take routed before anything of the app runs. Only an endpoint's rule can let it in, and only to
/// that endpoint: what answers in front of all endpoints, or beside them, such as a branch or static files, is under the app's rule.
/// </summary>
internal sealed class CallerRouting(CallerJudge judge, CallerRules rules)
{
    // ASP.NET Core's own names: the routes that the app's routing takes, and the routes that it is to take. Without the first there is no routing.
    private const string Taken = "__EndpointRouteBuilder";
    private const string ToTake = "__GlobalEndpointRouteBuilder";

    /// <param name="app">The app, complete.</param>
    /// <param name="next">The app's pipeline. Its own routing goes by what was chosen here.</param>
    public RequestDelegate Before(IApplicationBuilder app, RequestDelegate next)
    {
        var routed = Routed(app, context => AdmitAsync(context, next));
        return context => judge.RefusalOf(judge.Identify(context), rules.ForApp) is null ? next(context) : routed(context);
    }

    private static RequestDelegate Routed(IApplicationBuilder app, RequestDelegate next)
    {
        if (!app.Properties.TryGetValue(Taken, out var routes))
        {
            return next;
        }

        var routing = app.New();
        routing.Properties[ToTake] = routes;
        routing.UseRouting().Run(next);
        return routing.Build();
    }

    private Task AdmitAsync(HttpContext context, RequestDelegate next)
    {
        var state = judge.Identify(context);
        return judge.RefusalOf(state, rules.For(context.GetEndpoint())) is { } refusal ? judge.RefuseAsync(context, state, refusal) : next(context);
    }
}
