using Gateway.Requests;
using Gateway.Upstreams;
using Microsoft.AspNetCore.Http;

namespace Gateway.Forwarding;

/// <summary>The header fields of a request that is passed on.</summary>
internal static class SentHeaders
{
    /// <summary>Copies what the client sent, without what belongs to its connection or is the gateway's to say, and adds the gateway's own.</summary>
    public static void Write(HttpContext context, HttpRequestMessage request)
    {
        var named = HopByHop.NamedBy(context.Request.Headers);
        foreach (var (name, values) in context.Request.Headers)
        {
            if (IsPassedOn(name, named))
            {
                RequestFields.Add(request, name, values);
            }
        }

        // RFC 9110 §10.1.4: of TE only this much is of use beyond the connection; gRPC asks for it.
        if (context.Request.Headers.GetCommaSeparatedValues("TE").Contains("trailers", StringComparer.OrdinalIgnoreCase))
        {
            request.Headers.TryAddWithoutValidation("TE", "trailers");
        }

        foreach (var (name, value) in ForwardedFields.Of(context.Gateway()).Concat(IdentityHeaders.Of(context.Gateway())))
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }

    private static bool IsPassedOn(string name, IReadOnlyCollection<string> named) =>
        !HopByHop.Includes(name, named)
        && !ForwardedFields.Replaces(name)
        // HTTP/2's pseudo fields, which some servers list among the others; Host has a rule of its own.
        && !name.StartsWith(':') && !name.Equals("Host", StringComparison.OrdinalIgnoreCase)
        // The client's trailers are not passed on: an announcement of what will not come.
        && !name.Equals("Trailer", StringComparison.OrdinalIgnoreCase)
        // Kestrel's note of a Content-Length that it has overruled; to a service it would be an invitation to smuggle.
        && !name.Equals("X-Content-Length", StringComparison.OrdinalIgnoreCase);
}
