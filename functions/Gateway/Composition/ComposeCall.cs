using System.Diagnostics.CodeAnalysis;
using Gateway.Templates;

namespace Gateway.Composition;

/// <summary>The call of one part, parsed: METHOD service:/path?query.</summary>
internal sealed record ComposeCall(HttpMethod Method, string Service, UrlTemplate Target)
{
    /// <summary>Parses a call. The error is a sentence for the operator.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ComposeCall? call, [NotNullWhen(false)] out string? error)
    {
        call = null;
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        var colon = text.IndexOf(':', Math.Max(space, 0));
        if (space <= 0 || colon <= space + 1 || text.AsSpan(space + 1, colon - space - 1).ContainsAny('{', '/', ' '))
        {
            error = $"\"{text}\" is no call.";
            return false;
        }

        var method = text[..space];
        // CONNECT and TRACE have no place here; the others are RFC 9110 §9, PATCH and QUERY's family of tokens in capitals.
        if (!method.All(char.IsAsciiLetterUpper) || method is "CONNECT" or "TRACE" or "HEAD")
        {
            error = $"{method} is no method that a part can be had by.";
            return false;
        }

        if (!UrlTemplate.TryParse(text[(colon + 1)..], TemplateSources.Composition, absolute: false, out var target, out error))
        {
            return false;
        }

        call = new(new HttpMethod(method), text[(space + 1)..colon], target);
        return true;
    }
}
