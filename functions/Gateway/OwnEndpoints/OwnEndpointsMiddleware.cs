using Gateway.Configuration;
using Gateway.Errors;
using Gateway.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Gateway.OwnEndpoints;

/// <summary>What the gateway itself answers, under /_gateway/: liveness, readiness and the pages that problems point to. No route can take these paths.</summary>
internal sealed class OwnEndpointsMiddleware(RequestDelegate next, SnapshotSource source, IHostApplicationLifetime? host = null)
{
    private const string Prefix = "/_gateway";

    public Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(Prefix, StringComparison.Ordinal, out var rest))
        {
            return next(context);
        }

        var path = rest.Value ?? "";
        var answer = Find(path);
        if (answer is not { } found)
        {
            return context.Refuse(GatewayError.NoRoute, "The gateway answers /_gateway/live, /_gateway/ready and /_gateway/problems/.");
        }

        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            return context.Refuse(new Failure(GatewayError.MethodNotAllowed) { Headers = [new("Allow", "GET, HEAD")] });
        }

        context.Gateway().Template = Prefix + found.Template;
        return found.WriteAsync(context);
    }

    private (string Template, RequestDelegate WriteAsync)? Find(string path) => path switch
    {
        "/live" => (path, HealthAnswers.WriteLiveAsync),
        "/ready" => (path, context => HealthAnswers.WriteReadyAsync(context, source.Current?.Release, host?.ApplicationStopping.IsCancellationRequested ?? false)),
        "/problems" or "/problems/" => ("/problems/", ProblemPages.WriteIndexAsync),
        _ when path.StartsWith("/problems/", StringComparison.Ordinal) && ProblemPages.Find(path["/problems/".Length..]) is { } page => ("/problems/{slug}", page),
        _ => null,
    };
}
