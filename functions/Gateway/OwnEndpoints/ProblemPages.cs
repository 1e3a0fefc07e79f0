using System.Collections.Frozen;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Gateway.OwnEndpoints;

/// <summary>The pages behind the type of every problem, for people and, where Accept prefers it, as JSON. Rendered once.</summary>
internal static class ProblemPages
{
    // Text of ours in a JSON document, never in HTML: an apostrophe may stay one.
    private static readonly JsonSerializerOptions _json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly GatewayErrors.Row[] _rows = [.. Enum.GetValues<GatewayError>().Select(error => error.Describe()).OrderBy(row => row.Status).ThenBy(row => row.Slug, StringComparer.Ordinal)];

    private static readonly Page _index = new(ProblemHtml.Index(_rows), new() { ["problems"] = new JsonArray([.. _rows.Select(Json)]) });

    private static readonly FrozenDictionary<string, Page> _pages = _rows.ToFrozenDictionary(row => row.Slug, row => new Page(ProblemHtml.Of(row), Json(row)), StringComparer.Ordinal);

    public static Task WriteIndexAsync(HttpContext context) => _index.WriteAsync(context);

    /// <summary>The page of a slug, or null.</summary>
    public static RequestDelegate? Find(string slug) => _pages.TryGetValue(slug, out var page) ? page.WriteAsync : null;

    private static JsonObject Json(GatewayErrors.Row row) => new()
    {
        ["type"] = Problem.TypePrefix + row.Slug,
        ["title"] = row.Title,
        ["status"] = row.Status,
        ["retryable"] = row.Retryable,
        ["meaning"] = row.Meaning,
        ["mend"] = row.Mend,
    };

    private sealed class Page(string html, JsonObject json)
    {
        private readonly byte[] _html = Encoding.UTF8.GetBytes(html);
        private readonly byte[] _jsonBytes = Encoding.UTF8.GetBytes(json.ToJsonString(_json));

        public Task WriteAsync(HttpContext context)
        {
            var headers = context.Response.Headers;
            headers.CacheControl = "public, max-age=3600";
            headers.Vary = HeaderNames.Accept;
            headers.ContentSecurityPolicy = ProblemHtml.ContentSecurityPolicy;
            headers["Referrer-Policy"] = "no-referrer";
            return PrefersJson(context.Request) ? OwnAnswer.WriteAsync(context, "application/json", _jsonBytes) : OwnAnswer.WriteAsync(context, "text/html; charset=utf-8", _html);
        }

        private static bool PrefersJson(HttpRequest request) =>
            MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted) && Quality(accepted, "application/json") > Quality(accepted, "text/html");

        // RFC 9110 §12.5.1: the most specific range decides.
        private static double Quality(IList<MediaTypeHeaderValue> accepted, string type) => accepted
            .Where(range => range.MatchesAllTypes || range.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase) || (range.MatchesAllSubTypes && type.StartsWith($"{range.Type}/", StringComparison.OrdinalIgnoreCase)))
            .OrderByDescending(range => range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2)
            .Select(range => range.Quality ?? 1)
            .FirstOrDefault();
    }
}
