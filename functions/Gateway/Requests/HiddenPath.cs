using System.Text;

namespace Gateway.Requests;

/// <summary>
/// Finds what a service would see if it decoded the path once more than it should: dot segments behind %2F, %252E, path parameters or
/// overlong UTF-8. We keep such bytes as they are, so that a path with them could be matched as one thing and served as another.
/// </summary>
internal static class HiddenPath
{
    // Each further decoding needs a longer text for one dot; nobody honest gets this far.
    private const int MostDecodings = 3;

    /// <summary>What is hidden in a normalised path, or null.</summary>
    public static string? Find(string path)
    {
        if (path.AsSpan().IndexOfAny('%', ';') < 0)
        {
            return null;
        }

        var problem = FindDots(path);
        for (var times = 0; problem is null && path.Contains('%'); times++)
        {
            var decoded = Decode(path, out var isOverlong);
            if (decoded == path)
            {
                return null;
            }

            problem = isOverlong ? "The path holds an overlong UTF-8 sequence."
                : times >= MostDecodings ? "The path is percent-encoded too many times over."
                : decoded.Contains('\0') ? "The path holds an encoded %00."
                : decoded.Contains('\\') ? "The path holds an encoded backslash."
                : FindDots(decoded);
            path = decoded;
        }

        return problem;
    }

    private static string? FindDots(ReadOnlySpan<char> path)
    {
        foreach (var range in path.Split('/'))
        {
            var segment = path[range];
            var parameter = segment.IndexOf(';');
            if ((parameter < 0 ? segment : segment[..parameter]) is "." or "..")
            {
                return "The path holds a hidden dot segment.";
            }
        }

        return null;
    }

    private static string Decode(string path, out bool isOverlong)
    {
        isOverlong = false;
        var decoded = new StringBuilder(path.Length);
        var before = 0;
        for (var i = 0; i < path.Length; i++)
        {
            if (path[i] == '%' && TargetPath.TryByte(path, i, out var value))
            {
                // RFC 3629 §3: C0 and C1 never stand in UTF-8; E0 and F0 need a second byte that is not too low.
                isOverlong |= value is 0xC0 or 0xC1 || (before == 0xE0 && value is >= 0x80 and < 0xA0) || (before == 0xF0 && value is >= 0x80 and < 0x90);
                decoded.Append((char)value);
                before = value;
                i += 2;
            }
            else
            {
                decoded.Append(path[i]);
                before = 0;
            }
        }

        return decoded.ToString();
    }
}
