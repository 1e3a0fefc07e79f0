using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Gateway.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Gateway.Forwarding;

/// <summary>The header fields and trailers of an answer that is passed on.</summary>
internal static class PassedOnHeaders
{
    /// <summary>
    /// How the server is to write field values, so that their bytes are those of the service: .NET's client reads them as Latin-1.
    /// Unset, the server refuses what is not ASCII, and the whole answer with it.
    /// </summary>
    public static Encoding ValueEncoding => Encoding.Latin1;

    public static void Write(HttpResponseMessage answer, HttpResponse response)
    {
        var named = HopByHop.NamedBy(answer.Headers);
        Copy(answer.Headers, response.Headers, named);
        Copy(answer.Content.Headers, response.Headers, named);
        var trailers = response.HttpContext.Features.Get<IHttpResponseTrailersFeature>()?.Trailers;
        if (trailers is null or { IsReadOnly: true })
        {
            // An announcement of what will not come: Kestrel sends trailers over HTTP/2 only.
            response.Headers.Remove("Trailer");
        }

        // RFC 9112 §6.2 and §6.3: a length beside a transfer coding is not to be passed on; these statuses have no body.
        if (answer.Headers.NonValidated.Contains("Transfer-Encoding") || answer.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.ResetContent or < HttpStatusCode.OK)
        {
            response.Headers.ContentLength = null;
        }
    }

    public static void WriteTrailers(HttpResponseMessage answer, HttpResponse response)
    {
        var trailers = response.HttpContext.Features.Get<IHttpResponseTrailersFeature>()?.Trailers;
        if (trailers is { IsReadOnly: false })
        {
            Copy(answer.TrailingHeaders, trailers, []);
        }
    }

    private static void Copy(HttpHeaders from, IHeaderDictionary to, IReadOnlyCollection<string> named)
    {
        foreach (var (name, values) in from.NonValidated)
        {
            if (!HopByHop.Includes(name, named) && !IsOurs(name))
            {
                // Fields that a stage has set already are the gateway's own and stay alone; those that are lists are added to.
                to[name] = !to.TryGetValue(name, out var ours) ? ToValues(name, values)
                    : name.Equals("Vary", StringComparison.OrdinalIgnoreCase) || name.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase) ? StringValues.Concat(ours, ToValues(name, values))
                    : ours;
            }
        }
    }

    private static bool IsOurs(string name) =>
        name.Equals(GatewayHeaders.RequestId, StringComparison.OrdinalIgnoreCase)
        || name.StartsWith(GatewayHeaders.Prefix, StringComparison.OrdinalIgnoreCase);

    private static StringValues ToValues(string name, HeaderStringValues values) =>
        // The one field that .NET's client reads as UTF-8.
        name.Equals("Location", StringComparison.OrdinalIgnoreCase) && !Ascii.IsValid(values.ToString()) ? ValueEncoding.GetString(Encoding.UTF8.GetBytes(values.ToString()))
        : values.Count == 1 ? values.ToString()
        : values.ToArray();
}
