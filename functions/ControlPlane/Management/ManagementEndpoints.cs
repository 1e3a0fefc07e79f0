using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ControlPlane.Management;

/// <summary>The management API: consumers, keys, the counts of limits, the mesh's certificates and releases over HTTP.</summary>
public static class ManagementEndpoints
{
    internal static IReadOnlyList<ManagementRoute> Routes { get; } =
    [
        .. ConsumerRoutes.All,
        .. KeyRoutes.All,
        .. LimitRoutes.All,
        .. CertificateRoutes.All,
        .. ReleaseRoutes.All,
        new("explainProblem", "GET", ProblemKind.Prefix + "{slug}", Explain) { IsOpen = true },
        new("describe", "GET", "/openapi.json", static _ => Task.FromResult(Answer.Raw(OpenApiDocument.Bytes))) { IsOpen = true },
    ];

    /// <summary>Maps the API's paths, and a fallback that answers for every other path.</summary>
    public static IEndpointRouteBuilder MapManagement(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.ServiceProvider.GetRequiredService<ManagementApi>();
        foreach (var route in Routes)
        {
            endpoints.MapMethods(route.Pattern, [route.Method], context => api.ServeAsync(context, route)).WithName(route.Name);
        }

        endpoints.MapFallback("{**path}", context => api.ServeAsync(context, Unknown));
        return endpoints;
    }

    private static Task<Answer> Explain(ManagementCall call) => Task.FromResult(ProblemKind.Find(call.Target) is { } kind
        ? Answer.Json(StatusCodes.Status200OK, kind, ManagementJson.Default.ProblemKind)
        : call.Refuse(Problem.NoSuchKind));

    // Behind the key as well: whoever has none learns nothing of the paths.
    private static ManagementRoute Unknown { get; } = new("unknown", "*", "(unknown)", static call =>
    {
        var allow = string.Join(", ", Routes.Where(route => Matches(route.Pattern, call.Context.Request.Path)).Select(route => route.Method));
        return Task.FromResult(allow.Length == 0
            ? call.Refuse(Problem.NoSuchPath)
            : Answer.Refuse(Problem.OtherMethod(allow), call.Id, new KeyValuePair<string, string>("Allow", allow)));
    });

    private static bool Matches(string pattern, PathString path)
    {
        var wanted = pattern.Split('/');
        var given = path.ToString().Split('/');
        return wanted.Length == given.Length
            && wanted.Zip(given).All(pair => pair.First.StartsWith('{') ? pair.Second.Length > 0 : string.Equals(pair.First, pair.Second, StringComparison.OrdinalIgnoreCase));
    }
}
