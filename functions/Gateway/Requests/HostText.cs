using System.Buffers;
using System.Globalization;

namespace Gateway.Requests;

/// <summary>What a Host header may hold.</summary>
internal static class HostText
{
    private static readonly SearchValues<char> _name = SearchValues.Create("-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    private static readonly SearchValues<char> _address = SearchValues.Create(".:0123456789ABCDEFabcdef");

    /// <summary>True for a name, an IPv4 or a bracketed IPv6 address, with or without a port; nothing else of RFC 3986 §3.2.2 is used in practice.</summary>
    public static bool IsHost(ReadOnlySpan<char> text)
    {
        var end = EndOfName(text);
        var host = text[..end];
        var port = text[end..];
        var isPort = port.Length == 0 || (port.Length is > 1 and < 7 && ushort.TryParse(port[1..], NumberStyles.None, CultureInfo.InvariantCulture, out _));
        return isPort && (host is ['[', _, .., ']']
            ? host[1..^1].IndexOfAnyExcept(_address) < 0
            : host.Length > 0 && host.IndexOfAnyExcept(_name) < 0);
    }

    /// <summary>The host without the port that its scheme implies.</summary>
    public static string WithoutDefaultPort(string host, string scheme)
    {
        var end = EndOfName(host);
        return (scheme, host[end..]) is ("http", ":80") or ("https", ":443") ? host[..end] : host;
    }

    private static int EndOfName(ReadOnlySpan<char> text)
    {
        var colon = text.LastIndexOf(':');
        return colon < 0 || colon < text.LastIndexOf(']') ? text.Length : colon;
    }
}
