using Gateway.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Hygiene;

/// <summary>Reads the request target (RFC 9112 §3.2) as it came over the wire, not as the server decoded it.</summary>
internal static class TargetReader
{
    /// <summary>Fills in path, query and host, or returns the problem as a sentence.</summary>
    public static string? Read(HttpContext context)
    {
        var request = context.Gateway();
        request.Scheme = context.Request.Scheme;
        // As it was sent: the server's own reading turns xn-- into Unicode, and throws where it cannot.
        request.Host = HostText.WithoutDefaultPort(context.Request.Headers.Host.ToString(), request.Scheme);
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget;
        if (string.IsNullOrEmpty(target))
        {
            target = context.Request.PathBase + context.Request.Path + context.Request.QueryString;
        }

        // RFC 9110 §9.1: methods are case-sensitive, and routes take them so. .NET's client is not and would send "get" as GET,
        // past a route that guards GET; services that fold case would do it with any other method.
        if (context.Request.Method.AsSpan().ContainsAnyInRange('a', 'z'))
        {
            return "The method is not in capitals; methods are case-sensitive.";
        }

        if (HttpMethods.IsConnect(context.Request.Method))
        {
            return "CONNECT is not served here.";
        }

        if (target == "*")
        {
            request.Path = "*";
            return HttpMethods.IsOptions(context.Request.Method) ? null : "The request target * goes with OPTIONS only.";
        }

        return target.StartsWith('/') ? ReadOrigin(request, target) : ReadAbsolute(request, context.Request, target);
    }

    private static string? ReadOrigin(GatewayRequest request, string target)
    {
        var mark = target.IndexOf('?');
        var query = mark < 0 ? "" : target[mark..];
        if (TargetPath.FindQueryProblem(query) is { } problem)
        {
            return problem;
        }

        var path = TargetPath.Normalize(mark < 0 ? target : target[..mark], out problem);
        (request.Path, request.Query) = (path ?? request.Path, query);
        return path is null ? problem : null;
    }

    private static string? ReadAbsolute(GatewayRequest request, HttpRequest message, string target)
    {
        var colon = target.IndexOf("://", StringComparison.Ordinal);
        if (colon < 0 || target[..colon].ToLowerInvariant() is not ("http" or "https"))
        {
            return "The request target is neither a path nor an http url.";
        }

        var rest = target[(colon + 3)..];
        var end = rest.IndexOfAny(['/', '?', '#']);
        var authority = end < 0 ? rest : rest[..end];
        if (!HostText.WithoutDefaultPort(authority, target[..colon].ToLowerInvariant()).Equals(request.Host, StringComparison.OrdinalIgnoreCase))
        {
            return "The request target and the Host header name different hosts.";
        }

        var path = end < 0 ? "" : rest[end..];
        if (path.Length == 0 && HttpMethods.IsOptions(message.Method))
        {
            request.Path = "*"; // RFC 9112 §3.2.4: what a proxy makes of it
            return null;
        }

        return ReadOrigin(request, path.StartsWith('/') ? path : "/" + path);
    }
}
