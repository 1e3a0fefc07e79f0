using System.Globalization;
using Gateway.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Gateway.Cors;

/// <summary>What one route answers to pages of other origins, prepared at load.</summary>
internal sealed class CorsAnswers
{
    // What a service behind says on CORS is replaced as a whole: two policies in one answer are none.
    private static readonly string[] _owned =
    [
        HeaderNames.AccessControlAllowOrigin, HeaderNames.AccessControlAllowCredentials, HeaderNames.AccessControlAllowMethods,
        HeaderNames.AccessControlAllowHeaders, HeaderNames.AccessControlExposeHeaders, HeaderNames.AccessControlMaxAge,
        AllowPrivateNetwork, "Access-Control-Allow-Local-Network",
    ];

    private const string AllowPrivateNetwork = "Access-Control-Allow-Private-Network";
    private const string RequestPrivateNetwork = "Access-Control-Request-Private-Network";
    private readonly OriginList _origins;
    private readonly bool _allowsCredentials;
    private readonly bool _allowsPrivateNetwork;
    private readonly string? _methods;
    private readonly string? _headers;
    private readonly string _expose;
    private readonly string? _maxAge;

    public CorsAnswers(CorsConfig config, EffectiveRoute route)
    {
        _origins = new(config.Origins);
        // Credentials never go with "*": validation refuses the pair, and here it would still not be said.
        _allowsCredentials = config.Credentials && !_origins.TakesAny;
        _allowsPrivateNetwork = config.PrivateNetwork;
        _methods = Methods(config, route);
        _headers = config.Headers.Contains("*") ? null : string.Join(", ", config.Headers);
        _expose = string.Join(", ", config.Expose);
        _maxAge = config.MaxAge is { } age ? ((long)age.TotalSeconds).ToString(CultureInfo.InvariantCulture) : null;
    }

    /// <summary>Answers a preflight: 204 whatever the verdict, which the browser reads from the headers.</summary>
    public bool EndsHere(HttpContext context)
    {
        if (!context.Gateway().IsPreflight)
        {
            return false;
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
        var (asked, answer) = (context.Request.Headers, context.Response.Headers);
        if (Allow(asked, answer))
        {
            Set(answer, HeaderNames.AccessControlAllowMethods, _methods ?? Tokens(asked.AccessControlRequestMethod.ToString()));
            Set(answer, HeaderNames.AccessControlAllowHeaders, _headers ?? Tokens(asked.AccessControlRequestHeaders.ToString()));
            Set(answer, HeaderNames.AccessControlMaxAge, _maxAge ?? "");
            Set(answer, AllowPrivateNetwork, _allowsPrivateNetwork && asked[RequestPrivateNetwork] == "true" ? "true" : "");
        }

        // What is echoed differs with what is asked.
        Vary(answer, _methods is null ? HeaderNames.AccessControlRequestMethod : null);
        Vary(answer, _headers is null ? HeaderNames.AccessControlRequestHeaders : null);
        Vary(answer, _allowsPrivateNetwork ? RequestPrivateNetwork : null);
        return true;
    }

    /// <summary>Marks an answer just before it is sent.</summary>
    public Task MarkAsync(object state)
    {
        var context = (HttpContext)state;
        var answer = context.Response.Headers;
        foreach (var name in _owned)
        {
            answer.Remove(name);
        }

        if (Allow(context.Request.Headers, answer))
        {
            Set(answer, HeaderNames.AccessControlExposeHeaders, _expose);
        }

        return Task.CompletedTask;
    }

    private bool Allow(IHeaderDictionary asked, IHeaderDictionary answer)
    {
        // Also on refused origins and on requests without one: a cache must not give one origin's answer to another.
        Vary(answer, _origins.TakesAny ? null : HeaderNames.Origin);
        if (asked.Origin is not [{ } origin] || !_origins.Contains(origin))
        {
            return false;
        }

        answer.AccessControlAllowOrigin = _origins.TakesAny ? "*" : origin;
        Set(answer, HeaderNames.AccessControlAllowCredentials, _allowsCredentials ? "true" : "");
        return true;
    }

    // Unset: the methods of the route; null where it takes any, so that the one asked for is echoed.
    private static string? Methods(CorsConfig config, EffectiveRoute route)
    {
        if (config.Methods.Count > 0)
        {
            return config.Methods.Contains("*") ? null : string.Join(", ", config.Methods);
        }

        return route.Matches.Any(match => match.Methods.Count == 0) ? null : string.Join(", ", route.Matches.SelectMany(match => match.Methods).Distinct());
    }

    // Only what is a list of tokens is echoed (RFC 9110 §5.6.2); a header of ours never carries other text of a client's.
    private static string Tokens(string text) => text.All(character => char.IsAsciiLetterOrDigit(character) || "!#$%&'*+-.^_`|~, ".Contains(character)) ? text : "";

    private static void Set(IHeaderDictionary answer, string name, string value)
    {
        if (value.Length > 0)
        {
            answer[name] = value;
        }
    }

    private static void Vary(IHeaderDictionary answer, string? name)
    {
        if (name is null)
        {
            return;
        }

        var listed = answer.GetCommaSeparatedValues(HeaderNames.Vary);
        if (!listed.Contains("*") && !listed.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            answer.AppendCommaSeparatedValues(HeaderNames.Vary, name);
        }
    }
}
