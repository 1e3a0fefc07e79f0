using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Gateway.Requests;

/// <summary>What a Host header may hold.</summary>
internal static class HostText
{
    private const int LongestLabel = 63; // RFC 1035 §2.3.4

    private static readonly SearchValues<char> _label = SearchValues.Create("-_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    private static readonly SearchValues<char> _address = SearchValues.Create(".:0123456789ABCDEFabcdef");

    /// <summary>
    /// True for a name, an IPv4 or a bracketed IPv6 address, with or without a port; nothing else of RFC 3986 §3.2.2 is used in practice.
    /// Strict, because it may be sent on: beside a Host that it does not take for one, .NET's client sends a second.
    /// </summary>
    public static bool IsHost(ReadOnlySpan<char> text)
    {
        var end = EndOfName(text);
        var host = text[..end];
        var port = text[end..];
        var isPort = port.Length == 0 || (port.Length is > 1 and < 7 && ushort.TryParse(port[1..], NumberStyles.None, CultureInfo.InvariantCulture, out _));
        return isPort && (host is ['[', _, .., ']'] ? IsAddress(host[1..^1]) : IsName(host));
    }

    /// <summary>The host without the port that its scheme implies.</summary>
    public static string WithoutDefaultPort(string host, string scheme)
    {
        var end = EndOfName(host);
        return (scheme, host[end..]) is ("http", ":80") or ("https", ":443") ? host[..end] : host;
    }

    private static bool IsAddress(ReadOnlySpan<char> text) =>
        text.IndexOfAnyExcept(_address) < 0 && IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6;

    private static bool IsName(ReadOnlySpan<char> text)
    {
        var name = text is [.. var beforeRoot, '.'] ? beforeRoot : text;
        foreach (var range in name.Split('.'))
        {
            var label = name[range];
            if (label.Length is 0 or > LongestLabel || label.IndexOfAnyExcept(_label) >= 0)
            {
                return false;
            }
        }

        return true;
    }

    private static int EndOfName(ReadOnlySpan<char> text)
    {
        var colon = text.LastIndexOf(':');
        return colon < 0 || colon < text.LastIndexOf(']') ? text.Length : colon;
    }
}
