using Gateway.Errors;
using Gateway.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Gateway.Hosting;

/// <summary>Puts back what Azure's front end changed of a request, and refuses what cannot pass through it and the Functions host. Only there is it part of the pipeline.</summary>
internal sealed class FunctionsMiddleware(RequestDelegate next, GatewayOptions options)
{
    // Path and query as the client sent them: the front end decodes %2F and the like.
    private const string RawTarget = "X-WAWS-Unencoded-URL";

    // Set by the platform in every app; elsewhere such a header can only be a client's.
    private readonly bool _isOnPlatform = !string.IsNullOrEmpty(options.Environment("WEBSITE_INSTANCE_ID"));

    public Task InvokeAsync(HttpContext context)
    {
        if (_isOnPlatform)
        {
            RestoreTarget(context);
        }

        var request = context.Request;
        if (request.ContentLength > FunctionsBounds.LargestBody.Bytes)
        {
            return context.Refuse(new Failure(GatewayError.RequestTooLarge) { Detail = $"Bodies up to {FunctionsBounds.LargestBody} are taken here." });
        }

        return IsUpgrade(request) ? context.Refuse(GatewayError.NotServedHere, "This gateway runs where connections cannot be upgraded, such as to WebSocket.")
            : IsGrpc(request) ? context.Refuse(GatewayError.NotServedHere, "This gateway runs where gRPC cannot be received: it needs HTTP/2 to its end.")
            : next(context);
    }

    // Only if it names the path that was delivered: what something in front has checked must not be exchanged behind it.
    private static void RestoreTarget(HttpContext context)
    {
        if (context.Request.Headers[RawTarget] is [{ Length: > 0 } target] && target[0] == '/' && context.Features.Get<IHttpRequestFeature>() is { } feature && IsSamePath(target, feature))
        {
            feature.RawTarget = target;
        }
    }

    private static bool IsSamePath(string target, IHttpRequestFeature delivered)
    {
        var mark = target.IndexOf('?');
        return Unescape(mark < 0 ? target : target[..mark]) == Unescape(delivered.PathBase + delivered.Path);
    }

    // As often as it takes: nobody says how many times it was decoded on its way.
    private static string Unescape(string path)
    {
        var plain = Uri.UnescapeDataString(path);
        return plain == path ? plain : Unescape(plain);
    }

    private static bool IsUpgrade(HttpRequest request) =>
        request.Headers.ContainsKey(HeaderNames.Upgrade) && request.Headers.Connection.ToString().Contains("upgrade", StringComparison.OrdinalIgnoreCase);

    private static bool IsGrpc(HttpRequest request) =>
        request.ContentType is { } type && type.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) && !type.StartsWith("application/grpc-web", StringComparison.OrdinalIgnoreCase);
}
