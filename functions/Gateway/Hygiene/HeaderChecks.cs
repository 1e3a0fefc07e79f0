using System.Buffers;
using Gateway.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Gateway.Hygiene;

/// <summary>What is wrong with a request's header fields. Servers refuse much of this themselves; some of it, measured, they pass on.</summary>
internal static class HeaderChecks
{
    // RFC 9110 §5.6.2
    private static readonly SearchValues<char> _token = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    // RFC 9110 §5.5: of the control characters only HTAB may stand in a value.
    private static readonly SearchValues<char> _control = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Where(code => code != '\t').Append(0x7F).Select(code => (char)code)]);

    /// <summary>The problem, as a sentence that names the place but no value, or null.</summary>
    /// <param name="request">The request.</param>
    /// <param name="mayHoldForeign">False: all names were seen, and none is one that only the gateway or the platform may set.</param>
    public static string? Find(HttpRequest request, out bool mayHoldForeign)
    {
        mayHoldForeign = true;
        return FindBeforeFields(request) ?? FindInFields(request.Headers, out mayHoldForeign);
    }

    private static string? FindBeforeFields(HttpRequest request) =>
        FindInFraming(request)
        ?? (request.Headers.Host.Count > 1 ? "There is more than one Host header." : null)
        ?? (request.Headers.Host is [{ Length: > 0 } host] && !HostText.IsHost(host) ? "The Host header is not a host." : null)
        ?? (request.Headers.Authorization.Count > 1 ? "There is more than one Authorization header." : null);

    private static string? FindInFraming(HttpRequest request)
    {
        var headers = request.Headers;
        if (headers.TransferEncoding.Count == 0)
        {
            return null;
        }

        // RFC 9112 §6.1. Kestrel keeps the length of such a request under another name.
        if (headers.ContentLength is not null || headers.ContainsKey("X-Content-Length"))
        {
            return "There are both Content-Length and Transfer-Encoding.";
        }

        // RFC 9112 §6.1 and RFC 9113 §8.2.2: only HTTP/1.1 knows it.
        return !HttpProtocol.IsHttp11(request.Protocol) ? $"Transfer-Encoding is not part of {request.Protocol}."
            : headers.TransferEncoding is not [{ } coding] || !coding.Equals("chunked", StringComparison.OrdinalIgnoreCase) ? "Transfer-Encoding is not chunked alone."
            : null;
    }

    private static string? FindInFields(IHeaderDictionary headers, out bool mayHoldForeign)
    {
        mayHoldForeign = true;
        var holdsForeign = false;
        foreach (var (name, values) in headers)
        {
            // A colon first: HTTP/2's pseudo fields, which servers check themselves and may list among the others.
            if (name.AsSpan().TrimStart(':').IndexOfAnyExcept(_token) >= 0)
            {
                return "The name of a header holds a character that is not allowed there.";
            }

            if (HoldsControl(values))
            {
                return $"The value of the header {name} holds a control byte.";
            }

            holdsForeign = holdsForeign || RemovedHeaders.Contains(name);
        }

        mayHoldForeign = holdsForeign;
        return null;
    }

    private static bool HoldsControl(StringValues values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i].AsSpan().IndexOfAny(_control) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
