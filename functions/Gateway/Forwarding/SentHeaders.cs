using System.Collections.Frozen;
using Gateway.Requests;
using Gateway.Upstreams;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Gateway.Forwarding;

/// <summary>The header fields of a request that is passed on.</summary>
internal static class SentHeaders
{
    private static readonly FrozenSet<string> _gone = new[]
    {
        // It has a rule of its own.
        "Host",
        // The client's trailers are not passed on: an announcement of what will not come.
        "Trailer",
        // Kestrel's note of a Content-Length that it has overruled; to a service it would be an invitation to smuggle.
        "X-Content-Length",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Copies what the client sent, without what belongs to its connection or is the gateway's to say, and adds the gateway's own.</summary>
    public static void Write(HttpContext context, IRequestFields fields)
    {
        var headers = context.Request.Headers;
        var named = HopByHop.NamedBy(headers);
        foreach (var (name, values) in headers)
        {
            if (IsPassedOn(name, named))
            {
                fields.Add(name, values);
            }
        }

        // RFC 9110 §10.1.4: of TE only this much is of use beyond the connection; gRPC asks for it.
        if (!StringValues.IsNullOrEmpty(headers.TE) && headers.GetCommaSeparatedValues("TE").Contains("trailers", StringComparer.OrdinalIgnoreCase))
        {
            fields.Add("TE", "trailers");
        }

        var request = context.Gateway();
        foreach (var (name, value) in ForwardedFields.Of(request))
        {
            fields.Set(name, value);
        }

        foreach (var (name, value) in IdentityHeaders.Of(request.Caller))
        {
            fields.Set(name, value);
        }

        fields.Set(GatewayHeaders.RequestId, request.Id);
    }

    private static bool IsPassedOn(string name, IReadOnlyCollection<string> named) =>
        !HopByHop.Includes(name, named)
        && !_gone.Contains(name)
        && !ForwardedFields.Replaces(name)
        // HTTP/2's pseudo fields, which some servers list among the others.
        && !name.StartsWith(':');
}
