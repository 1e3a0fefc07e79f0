using Gateway.Errors;
using Gateway.Requests;
using Microsoft.AspNetCore.Http;

namespace Gateway.Routing;

/// <summary>Finds the route of a request and hands it to that route's own chain; compiled with each configuration.</summary>
internal sealed class RoutingMiddleware
{
    private const string AsteriskMethods = "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT";
    private readonly RouteTable _table;
    private readonly RequestDelegate[] _chains;

    /// <param name="_">What would come next: nothing, the way goes on in the route's chain or ends here.</param>
    /// <param name="table">The routes.</param>
    /// <param name="compile">Makes the chain of one route; called once for each.</param>
    public RoutingMiddleware(RequestDelegate _, RouteTable table, Func<EffectiveRoute, RequestDelegate> compile) =>
        (_table, _chains) = (table, [.. table.Routes.Select(compile)]);

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Gateway();
        var question = new RouteQuestion(request.Host, context.Request.Method, request.Path, request.Query, context.Request.Headers);
        var isOptions = HttpMethods.IsOptions(question.Method);
        var entry = isOptions ? FindForPreflight(question) : null;
        request.IsPreflight = entry is not null;
        entry ??= question.Path == "*" ? null : _table.Find(question);
        return entry is null ? Miss(context, question, isOptions) : Enter(context, request, entry);
    }

    // Fetch §3.2.2: a preflight asks for what comes after it, so that the route of that is the one to answer, if it knows CORS at all.
    private RouteEntry? FindForPreflight(in RouteQuestion question)
    {
        var method = question.Headers.AccessControlRequestMethod;
        if (method.Count != 1 || question.Headers.Origin.Count != 1 || question.Path == "*")
        {
            return null;
        }

        var entry = _table.Find(question with { Method = method.ToString(), Announced = question.Headers.AccessControlRequestHeaders.ToString() });
        return entry?.Route.Cors is null ? null : entry;
    }

    private Task Enter(HttpContext context, GatewayRequest request, RouteEntry entry)
    {
        request.Route = entry.Route.Name;
        request.Template = entry.Template.Text;
        request.ReadPathValues = entry.ReadPathValues;
        return _chains[entry.RouteIndex](context);
    }

    private Task Miss(HttpContext context, in RouteQuestion question, bool isOptions)
    {
        // RFC 9110 §9.3.7: "*" asks about the server in general.
        var allow = question.Path == "*" ? AsteriskMethods : string.Join(", ", _table.MethodsFor(question));
        if (allow.Length == 0)
        {
            return context.Refuse(GatewayError.NoRoute);
        }

        if (isOptions)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            context.Response.Headers.Allow = allow;
            return Task.CompletedTask;
        }

        return context.Refuse(new Failure(GatewayError.MethodNotAllowed) { Headers = [new("Allow", allow)] });
    }
}
