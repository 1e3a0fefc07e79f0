using System.Buffers;
using System.Text;

namespace Gateway.Templates;

/// <summary>Percent-encoding and dot segments of paths (RFC 3986 §2, §3.3, §5.2.4).</summary>
internal static class PathText
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    // pchar without ";": some servers cut a segment there, which turns "..;" into a dot segment.
    private static readonly SearchValues<char> _segment = SearchValues.Create(Unreserved + "!$&'()*+,=:@");

    private static readonly SearchValues<char> _path = SearchValues.Create(Unreserved + "!$&'()*+,=:@;/%");

    /// <summary>A value as one segment or a piece of one. Null when it is empty or holds a control character.</summary>
    public static string? EncodeSegment(string value) =>
        value.Length == 0 || value.AsSpan().ContainsAnyInRange('\0', '\x1F') || value.Contains('\x7F', StringComparison.Ordinal) ? null : Encode(value, _segment);

    /// <summary>What an operator wrote into a path: slashes and percent-encoding stay.</summary>
    public static string EncodeLiteral(string literal) => Encode(literal, _path);

    /// <summary>Whether a raw path parameter is what the hygiene stage lets through.</summary>
    public static bool IsClean(string raw) => !raw.AsSpan().ContainsAnyExcept(_path);

    /// <summary>
    /// Whether a segment is "." or "..", also in the ways in which servers behind us may come to see one: encoded (even twice),
    /// with encoded slashes or backslashes beside it, or with parameters after a semicolon.
    /// </summary>
    public static bool HasDotSegment(string path)
    {
        for (var (text, rounds) = (path, 0); rounds < 3; rounds++)
        {
            foreach (var segment in text.Split('/', '\\'))
            {
                var semicolon = segment.IndexOf(';', StringComparison.Ordinal);
                if ((semicolon < 0 ? segment : segment[..semicolon]) is "." or "..")
                {
                    return true;
                }
            }

            if (!text.Contains('%', StringComparison.Ordinal))
            {
                return false;
            }

            text = Uri.UnescapeDataString(text);
        }

        return false;
    }

    private static string Encode(string text, SearchValues<char> kept)
    {
        if (!text.AsSpan().ContainsAnyExcept(kept))
        {
            return text;
        }

        var encoded = new StringBuilder(text.Length + 16);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii && kept.Contains((char)rune.Value))
            {
                encoded.Append((char)rune.Value);
                continue;
            }

            foreach (var octet in bytes[..rune.EncodeToUtf8(bytes)])
            {
                encoded.Append('%').Append(octet.ToString("X2", null));
            }
        }

        return encoded.ToString();
    }
}
