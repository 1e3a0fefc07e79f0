using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Gateway.Templates;

/// <summary>A stretch of a template: literal text, or an insertion.</summary>
internal readonly record struct TemplatePiece(string Literal, Insertion? Insertion);

/// <summary>Reads templates: {name}, {query.name}, {header.name}, {claim.name}, {parts.name.…}; {{ and }} are braces.</summary>
internal static class TemplateParser
{
    public static TemplatePiece[]? Parse(string text, TemplateSources allowed, [NotNullWhen(false)] out string? error)
    {
        var pieces = new List<TemplatePiece>();
        var literal = new StringBuilder();
        error = null;
        for (var at = 0; at < text.Length; at++)
        {
            var character = text[at];
            if (character is not ('{' or '}'))
            {
                literal.Append(character);
            }
            else if (at + 1 < text.Length && text[at + 1] == character)
            {
                literal.Append(character);
                at++;
            }
            else if (TryReadInsertion(text, ref at, allowed, out var insertion, out error))
            {
                Flush(pieces, literal);
                pieces.Add(new("", insertion));
            }
            else
            {
                return null;
            }
        }

        Flush(pieces, literal);
        return [.. pieces];
    }

    private static void Flush(List<TemplatePiece> pieces, StringBuilder literal)
    {
        if (literal.Length > 0)
        {
            pieces.Add(new(literal.ToString(), null));
            literal.Clear();
        }
    }

    // On return, at stands on the closing brace.
    private static bool TryReadInsertion(string text, ref int at, TemplateSources allowed, [NotNullWhen(true)] out Insertion? insertion, [NotNullWhen(false)] out string? error)
    {
        insertion = null;
        if (text[at] == '}')
        {
            error = $"A closing brace at character {at + 1} has no opening one; write }}}} for a brace as such.";
            return false;
        }

        var end = text.IndexOfAny(['{', '}'], at + 1);
        if (end < 0 || text[end] == '{')
        {
            error = $"The brace at character {at + 1} is not closed; write {{{{ for a brace as such.";
            return false;
        }

        var inner = text[(at + 1)..end];
        at = end;
        return TryName(inner, allowed, out insertion, out error);
    }

    private static bool TryName(string inner, TemplateSources allowed, [NotNullWhen(true)] out Insertion? insertion, [NotNullWhen(false)] out string? error)
    {
        var dot = inner.IndexOf('.', StringComparison.Ordinal);
        var (source, name) = dot < 0
            ? (TemplateSources.Path, inner)
            : (SourceOf(inner[..dot]), inner[(dot + 1)..]);
        IReadOnlyList<string> pointer = [];
        if (source == TemplateSources.Parts)
        {
            var steps = name.Split('.');
            (name, pointer) = (steps[0], steps[1..]);
        }

        insertion = new(source, name, pointer);
        error = inner.StartsWith("**", StringComparison.Ordinal) ? $"{{{inner}}} stands in a match only; here it is {{{inner[2..]}}}."
            : source == TemplateSources.None ? $"{{{inner}}} names no source of values. {Known(allowed)}"
            : !allowed.HasFlag(source) ? $"{{{inner}}} cannot be used here. {Known(allowed)}"
            : !IsName(source, name) || pointer.Contains("") ? $"{{{inner}}} has no valid name. {Known(allowed)}"
            : null;
        return error is null;
    }

    private static TemplateSources SourceOf(string word) => word switch
    {
        "query" => TemplateSources.Query,
        "header" => TemplateSources.Header,
        "claim" => TemplateSources.Claim,
        "parts" => TemplateSources.Parts,
        _ => TemplateSources.None,
    };

    private static bool IsName(TemplateSources source, string name) => name.Length > 0 && source switch
    {
        TemplateSources.Path or TemplateSources.Parts => name.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-'),
        // RFC 9110 §5.6.2: a token.
        TemplateSources.Header => name.All(character => char.IsAsciiLetterOrDigit(character) || "!#$%&'*+-.^_`|~".Contains(character, StringComparison.Ordinal)),
        _ => !name.Any(char.IsControl),
    };

    private static string Known(TemplateSources allowed)
    {
        var forms = new List<string>();
        foreach (var (source, form) in new[]
        {
            (TemplateSources.Path, "{name} of the path"), (TemplateSources.Query, "{query.name}"), (TemplateSources.Header, "{header.name}"),
            (TemplateSources.Claim, "{claim.name}"), (TemplateSources.Parts, "{parts.name.member}"),
        })
        {
            if (allowed.HasFlag(source))
            {
                forms.Add(form);
            }
        }

        return forms.Count == 0 ? "No values can be inserted here." : $"Known here: {string.Join(", ", forms)}.";
    }
}
