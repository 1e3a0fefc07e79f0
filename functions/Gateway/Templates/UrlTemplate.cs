using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Gateway.Templates;

/// <summary>
/// A url with insertions in its path, in the values of its query and in its fragment, never in its scheme, host or port:
/// so no value can send a request or a client to another host.
/// </summary>
internal sealed class UrlTemplate
{
    private readonly string _origin;
    private readonly Template _path;
    private readonly List<(string Name, Template? Value)> _query;
    private readonly Template? _fragment;

    private UrlTemplate(string origin, Template path, List<(string Name, Template? Value)> query, Template? fragment)
    {
        (_origin, _path, _query, _fragment) = (origin, path, query, fragment);
        Insertions = [.. path.Insertions, .. query.SelectMany(parameter => parameter.Value?.Insertions ?? []), .. fragment?.Insertions ?? []];
    }

    /// <summary>What it asks for, in order.</summary>
    public IReadOnlyList<Insertion> Insertions { get; }

    /// <summary>Parses a path that begins with a slash, with a query and a fragment if need be; an http or https address in front of it where allowed.</summary>
    public static bool TryParse(string text, TemplateSources allowed, bool absolute, [NotNullWhen(true)] out UrlTemplate? template, [NotNullWhen(false)] out string? error)
    {
        template = null;
        var (rest, fragmentText) = Cut(text, '#');
        var (addressText, queryText) = Cut(rest, '?');
        if (!TryCutOrigin(addressText, absolute, out var origin, out var pathText, out error)
            || !Template.TryParse(pathText, allowed, out var path, out error)
            || !TryParseQuery(queryText, allowed, out var query, out error))
        {
            return false;
        }

        Template? fragment = null;
        if (fragmentText is not null && !Template.TryParse(fragmentText, allowed, out fragment, out error))
        {
            return false;
        }

        template = new(origin, path, query, fragment);
        return true;
    }

    /// <summary>Fills it in. A query parameter for which the request has no value is left out; a value missing in the path, or of another part, fails.</summary>
    public Filling Fill(ITemplateValues values)
    {
        var path = _path.FillPath(values);
        if (path.Text is null)
        {
            return path;
        }

        var url = new StringBuilder(_origin).Append(path.Text);
        var separator = '?';
        foreach (var (name, value) in _query)
        {
            var filled = value?.FillQuery(values);
            if (filled is { Text: null } failed && (failed.IsMalformed || failed.At!.Source == TemplateSources.Parts))
            {
                return failed;
            }

            if (filled is not { Text: null })
            {
                url.Append(separator).Append(name).Append(filled is null ? "" : "=").Append(filled?.Text);
                separator = '&';
            }
        }

        var fragment = _fragment?.FillQuery(values);
        return fragment switch
        {
            null => Filling.Of(url.ToString()),
            { Text: { } text } => Filling.Of(url.Append('#').Append(text).ToString()),
            { } failed => failed,
        };
    }

    private static bool TryCutOrigin(string text, bool absolute, out string origin, out string path, [NotNullWhen(false)] out string? error)
    {
        (origin, path, error) = ("", text, null);
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (absolute && scheme >= 0 && text[..scheme] is "http" or "https")
        {
            var slash = text.IndexOf('/', scheme + 3);
            (origin, path) = slash < 0 ? (text, "/") : (text[..slash], text[slash..]);
            error = origin.AsSpan().ContainsAny('{', '}') ? "No value can be inserted into a host: a client could send others anywhere by it. Write the host out."
                : !Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || uri.UserInfo.Length > 0 ? $"{origin} is not the address of a host."
                : null;
        }

        if (error is null && (!path.StartsWith('/') || path.StartsWith("//", StringComparison.Ordinal) || path.Contains('\\', StringComparison.Ordinal)))
        {
            error = absolute ? "A url begins with one slash, http:// or https://." : "A path begins with one slash.";
        }

        return error is null;
    }

    private static bool TryParseQuery(string? text, TemplateSources allowed, out List<(string Name, Template? Value)> query, [NotNullWhen(false)] out string? error)
    {
        query = [];
        error = null;
        foreach (var parameter in text?.Split('&') ?? [])
        {
            var (name, valueText) = Cut(parameter, '=');
            Template? value = null;
            if (name.AsSpan().ContainsAny('{', '}'))
            {
                error = "Values can be inserted into the value of a query parameter, not into its name.";
                return false;
            }

            // Unescaped here and escaped again when filled: what the operator has encoded already must not be encoded twice.
            if (valueText is not null && !Template.TryParse(Uri.UnescapeDataString(valueText), allowed, out value, out error))
            {
                return false;
            }

            query.Add((Uri.EscapeDataString(Uri.UnescapeDataString(name)), value));
        }

        return true;
    }

    // A separator inside braces belongs to the insertion's name.
    private static (string Before, string? After) Cut(string text, char separator)
    {
        var depth = 0;
        for (var at = 0; at < text.Length; at++)
        {
            depth += text[at] == '{' ? 1 : text[at] == '}' ? -1 : 0;
            if (depth == 0 && text[at] == separator)
            {
                return (text[..at], text[(at + 1)..]);
            }
        }

        return (text, null);
    }
}
