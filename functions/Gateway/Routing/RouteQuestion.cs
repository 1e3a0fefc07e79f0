using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Gateway.Routing;

/// <summary>What routing looks at in a request.</summary>
/// <param name="Host">With or without a port; compared without regard to case.</param>
/// <param name="Method">Compared with regard to case (RFC 9110 §9.1).</param>
/// <param name="Path">Normalised, percent-encoding kept.</param>
/// <param name="Query">Raw, with its question mark, or empty.</param>
/// <param name="Headers">Names compare without regard to case.</param>
public readonly record struct RouteQuestion(string Host, string Method, string Path, string Query, IHeaderDictionary Headers)
{
    /// <summary>Names of headers that the request proper will carry, with values not known yet: what a CORS preflight says. Null: none.</summary>
    internal string? Announced { get; init; }

    /// <summary>The host without port, brackets kept, and without the dot of the root.</summary>
    internal ReadOnlySpan<char> HostName
    {
        get
        {
            var host = Host.AsSpan();
            var port = host.LastIndexOf(':');
            host = port >= 0 && port > host.LastIndexOf(']') ? host[..port] : host;
            return host.EndsWith('.') ? host[..^1] : host;
        }
    }

    internal bool Meets(RouteCondition condition)
    {
        if (!condition.IsHeader)
        {
            return condition.IsMet(QueryValues(condition.Name));
        }

        return condition.IsMet(Headers[condition.Name]) || (Announced is not null && Announces(Announced, condition.Name));
    }

    private StringValues QueryValues(string name)
    {
        var values = StringValues.Empty;
        foreach (var pair in new QueryStringEnumerable(Query))
        {
            if (pair.DecodeName().Span.SequenceEqual(name))
            {
                values = StringValues.Concat(values, pair.DecodeValue().ToString());
            }
        }

        return values;
    }

    private static bool Announces(ReadOnlySpan<char> names, ReadOnlySpan<char> name)
    {
        foreach (var range in names.Split(','))
        {
            if (names[range].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
