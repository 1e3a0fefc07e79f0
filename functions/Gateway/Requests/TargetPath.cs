using System.Globalization;
using System.Text;

namespace Gateway.Requests;

/// <summary>
/// The one normal form of a request's path: what is matched is what is forwarded. Unreserved characters are decoded, hex digits are
/// capitals, dot segments are resolved (RFC 3986 §6.2.2); everything else, %2F and empty segments included, stays as it was sent.
/// </summary>
internal static class TargetPath
{
    /// <summary>Normalises the path of a request target. Null and a problem when no honest client sends it.</summary>
    public static string? Normalize(string raw, out string problem)
    {
        problem = FindForbidden(raw) ?? "";
        if (problem.Length > 0)
        {
            return null;
        }

        var path = raw.Contains('%') ? Recode(raw, out problem) : raw;
        path = path is not null && path.Contains("/.", StringComparison.Ordinal) ? Resolve(path, out problem) : path;
        if (path is null)
        {
            return null;
        }

        // RFC 3986 §4.2: a path that begins so reads as a host in a reference, and as /x to a service that merges slashes.
        problem = path.StartsWith("//", StringComparison.Ordinal) ? "The path begins with two slashes." : HiddenPath.Find(path) ?? "";
        return problem.Length > 0 ? null : path;
    }

    /// <summary>A literal of a path template in the same form: characters that a target cannot hold are percent-encoded. Null: bad percent-encoding.</summary>
    public static string? NormalizeLiteral(string text)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is > 0x20 and < 0x7F)
            {
                encoded.Append((char)rune.Value);
            }
            else
            {
                encoded.Append(Uri.EscapeDataString(rune.ToString()));
            }
        }

        var literal = encoded.ToString();
        return literal.Contains('%') ? Recode(literal, out _) : literal;
    }

    /// <summary>What is wrong with a raw query, or null. Its bytes are kept as they are.</summary>
    public static string? FindQueryProblem(ReadOnlySpan<char> query)
    {
        for (var i = 0; i < query.Length; i++)
        {
            switch (query[i])
            {
                case <= ' ' or > '~':
                    return "The query holds a byte that must be percent-encoded.";
                case '#':
                    return "The request target holds a fragment.";
                case '%' when !TryByte(query, i, out _):
                    return "The query holds bad percent-encoding.";
                case '%' when query.Slice(i, 3) is "%00":
                    return "The query holds %00.";
            }
        }

        return null;
    }

    internal static bool TryByte(ReadOnlySpan<char> text, int percent, out byte value)
    {
        value = 0;
        if (percent + 2 >= text.Length || !char.IsAsciiHexDigit(text[percent + 1]) || !char.IsAsciiHexDigit(text[percent + 2]))
        {
            return false;
        }

        return byte.TryParse(text.Slice(percent + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    private static string? FindForbidden(string raw)
    {
        if (raw.Length == 0 || raw[0] != '/')
        {
            return "The path does not begin with a slash.";
        }

        foreach (var character in raw)
        {
            switch (character)
            {
                case <= ' ' or > '~':
                    return "The path holds a byte that must be percent-encoded.";
                case '\\':
                    return "The path holds a backslash.";
                case '#':
                    return "The request target holds a fragment.";
            }
        }

        return null;
    }

    private static string? Recode(string raw, out string problem)
    {
        var recoded = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '%')
            {
                recoded.Append(raw[i]);
                continue;
            }

            problem = "";
            var known = TryByte(raw, i, out var value);
            problem = !known ? "The path holds bad percent-encoding." : value is < 0x20 or 0x7F ? "The path holds an encoded control byte." : value == '\\' ? "The path holds an encoded backslash." : "";
            if (problem.Length > 0)
            {
                return null;
            }

            if (IsUnreserved(value))
            {
                recoded.Append((char)value);
            }
            else
            {
                recoded.Append('%').Append(char.ToUpperInvariant(raw[i + 1])).Append(char.ToUpperInvariant(raw[i + 2]));
            }

            i += 2;
        }

        problem = "";
        return recoded.ToString();
    }

    // RFC 3986 §5.2.4, except that leaving the root is refused instead of ignored.
    private static string? Resolve(string path, out string problem)
    {
        problem = "";
        var kept = new List<Range>();
        var rest = path.AsSpan();
        var endsWithSlash = false;
        foreach (var segment in rest[1..].Split('/'))
        {
            var text = rest[1..][segment];
            endsWithSlash = text is "." or "..";
            if (text is "..")
            {
                if (kept.Count == 0)
                {
                    problem = "The path's dot segments leave the root.";
                    return null;
                }

                kept.RemoveAt(kept.Count - 1);
            }
            else if (text is not ".")
            {
                kept.Add(segment);
            }
        }

        var resolved = new StringBuilder(path.Length);
        foreach (var segment in kept)
        {
            resolved.Append('/').Append(rest[1..][segment]);
        }

        return endsWithSlash || resolved.Length == 0 ? resolved.Append('/').ToString() : resolved.ToString();
    }

    // RFC 3986 §2.3
    private static bool IsUnreserved(byte value) => char.IsAsciiLetterOrDigit((char)value) || value is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~';
}
