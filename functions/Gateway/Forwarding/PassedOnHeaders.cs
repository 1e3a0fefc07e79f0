using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Gateway.Requests;
using Gateway.Upstreams.Wire;
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
        Finish(response, answer.StatusCode, answer.Headers.NonValidated.Contains("Transfer-Encoding"));
    }

    /// <summary>The same of an answer that came over a connection of our own.</summary>
    public static void Write(AnswerHead answer, HttpResponse response)
    {
        string[] named = answer.Connection.Length == 0 ? [] : HopByHop.NamedBy(answer.Connection);
        Copy(answer, response.Headers, named);
        Finish(response, (HttpStatusCode)answer.Status, answer.IsChunked);
    }

    /// <summary>Passes on the trailers that were read last.</summary>
    public static void WriteTrailers(AnswerHead answer, HttpResponse response)
    {
        if (TrailersOf(response) is { IsReadOnly: false } trailers)
        {
            Copy(answer, trailers, []);
        }
    }

    public static void WriteTrailers(HttpResponseMessage answer, HttpResponse response)
    {
        if (TrailersOf(response) is { IsReadOnly: false } trailers)
        {
            Copy(answer.TrailingHeaders, trailers, []);
        }
    }

    private static void Finish(HttpResponse response, HttpStatusCode status, bool isChunked)
    {
        if (TrailersOf(response) is null or { IsReadOnly: true })
        {
            // An announcement of what will not come: Kestrel sends trailers over HTTP/2 only.
            response.Headers.Remove("Trailer");
        }

        // RFC 9112 §6.2 and §6.3: a length beside a transfer coding is not to be passed on; these statuses have no body.
        if (isChunked || status is HttpStatusCode.NoContent or HttpStatusCode.ResetContent or < HttpStatusCode.OK)
        {
            response.Headers.ContentLength = null;
        }
    }

    private static IHeaderDictionary? TrailersOf(HttpResponse response) => response.HttpContext.Features.Get<IHttpResponseTrailersFeature>()?.Trailers;

    private static void Copy(AnswerHead from, IHeaderDictionary to, string[] named)
    {
        for (var index = 0; index < from.Count; index++)
        {
            var name = from[index].Key;
            if (IsPassedOn(name, named) && !IsRepeated(from, index))
            {
                Pass(name, ValuesOf(from, index), to);
            }
        }
    }

    // The value there, and those of the same name after it.
    private static StringValues ValuesOf(AnswerHead from, int index)
    {
        StringValues values = from[index].Value;
        for (var after = index + 1; after < from.Count; after++)
        {
            if (from[after].Key.Equals(from[index].Key, StringComparison.OrdinalIgnoreCase))
            {
                values = StringValues.Concat(values, from[after].Value);
            }
        }

        return values;
    }

    private static bool IsRepeated(AnswerHead from, int index)
    {
        for (var before = 0; before < index; before++)
        {
            if (from[before].Key.Equals(from[index].Key, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static void Copy(HttpHeaders from, IHeaderDictionary to, IReadOnlyCollection<string> named)
    {
        foreach (var (name, values) in from.NonValidated)
        {
            if (IsPassedOn(name, named))
            {
                Pass(name, ToValues(name, values), to);
            }
        }
    }

    // Fields that a stage has set already are the gateway's own and stay alone; those that are lists are added to.
    private static void Pass(string name, StringValues values, IHeaderDictionary to) =>
        to[name] = !to.TryGetValue(name, out var ours) ? values
            : name.Equals("Vary", StringComparison.OrdinalIgnoreCase) || name.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase) ? StringValues.Concat(ours, values)
            : ours;

    private static bool IsPassedOn(string name, IReadOnlyCollection<string> named) => !HopByHop.Includes(name, named) && !IsOurs(name);

    private static bool IsOurs(string name) =>
        name.Equals(GatewayHeaders.RequestId, StringComparison.OrdinalIgnoreCase)
        || name.StartsWith(GatewayHeaders.Prefix, StringComparison.OrdinalIgnoreCase);

    private static StringValues ToValues(string name, HeaderStringValues values) =>
        // The one field that .NET's client reads as UTF-8.
        name.Equals("Location", StringComparison.OrdinalIgnoreCase) && !Ascii.IsValid(values.ToString()) ? ValueEncoding.GetString(Encoding.UTF8.GetBytes(values.ToString()))
        : values.Count == 1 ? values.ToString()
        : values.ToArray();
}
