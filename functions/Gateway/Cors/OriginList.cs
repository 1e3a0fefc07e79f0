using System.Buffers;

namespace Gateway.Cors;

/// <summary>
/// The origins of one route. "https://*.contoso.com" stands for one or more labels before the suffix and not for the bare domain;
/// "*" for every origin. Origins are compared as browsers send them (RFC 6454 §6.2): lower case, no default port.
/// </summary>
internal sealed class OriginList
{
    private static readonly SearchValues<char> _label = SearchValues.Create("-.0123456789_abcdefghijklmnopqrstuvwxyz");
    private readonly HashSet<string> _exact = new(StringComparer.Ordinal);
    private readonly List<(string Before, string After)> _patterns = [];

    public OriginList(IEnumerable<string> origins)
    {
        foreach (var origin in origins.Select(text => text.TrimEnd('/').ToLowerInvariant()))
        {
            var star = origin.IndexOf("://*.", StringComparison.Ordinal);
            if (origin == "*")
            {
                TakesAny = true;
            }
            else if (star < 0)
            {
                _exact.Add(origin);
            }
            else
            {
                _patterns.Add((origin[..(star + 3)], origin[(star + 4)..]));
            }
        }
    }

    /// <summary>True when the list holds "*".</summary>
    public bool TakesAny { get; }

    public bool Contains(string origin)
    {
        if (TakesAny || _exact.Contains(origin))
        {
            return true;
        }

        foreach (var (before, after) in _patterns)
        {
            if (origin.Length > before.Length + after.Length
                && origin.StartsWith(before, StringComparison.Ordinal)
                && origin.EndsWith(after, StringComparison.Ordinal)
                && AreLabels(origin.AsSpan()[before.Length..^after.Length]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool AreLabels(ReadOnlySpan<char> text) =>
        text[0] != '.' && text[^1] != '.' && text.IndexOfAnyExcept(_label) < 0 && text.IndexOf("..") < 0;
}
