using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

namespace Mesh.Callers;

/// <summary>The app's policies: its own, and those of its endpoints.</summary>
/// <param name="endpoints">Null: the app has no routing.</param>
internal sealed class CallerRules(EndpointDataSource? endpoints = null)
{
    private Exceptions _exceptions = new([], []);

    /// <summary>For everything that has no policy of its own. Set before the app starts.</summary>
    public CallerPolicy ForApp { get; set; } = CallerPolicy.AnyWorkload;

    public CallerPolicy For(Endpoint? endpoint) => endpoint?.Metadata.GetMetadata<CallerPolicy>() ?? ForApp;

    /// <summary>
    /// The policies that may turn out to count for this request, before routing knows the endpoint: a request that none of them lets in gets no further.
    /// They may be too many, never too few, except where the app rewrites paths.
    /// </summary>
    public IEnumerable<CallerPolicy> Possible(HttpContext context) => Current()
        .Where(exception => exception.Path.TryMatch(context.Request.Path, []))
        .Select(exception => exception.Policy)
        .Prepend(ForApp);

    private IReadOnlyList<(TemplateMatcher Path, CallerPolicy Policy)> Current()
    {
        // A data source makes a new list when its endpoints change.
        if (endpoints is not null && !ReferenceEquals(_exceptions.Source, endpoints.Endpoints))
        {
            _exceptions = new(endpoints.Endpoints, [.. From(endpoints.Endpoints)]);
        }

        return _exceptions.Policies;
    }

    private static IEnumerable<(TemplateMatcher Path, CallerPolicy Policy)> From(IReadOnlyList<Endpoint> endpoints) =>
        from endpoint in endpoints.OfType<RouteEndpoint>()
        let policy = endpoint.Metadata.GetMetadata<CallerPolicy>()
        where policy is not null
        select (new TemplateMatcher(new(endpoint.RoutePattern), new(endpoint.RoutePattern.Defaults)), policy);

    private sealed record Exceptions(IReadOnlyList<Endpoint> Source, IReadOnlyList<(TemplateMatcher Path, CallerPolicy Policy)> Policies);
}
