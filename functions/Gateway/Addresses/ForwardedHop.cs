using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Gateway.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Gateway.Addresses;

/// <summary>What one proxy said of the side that called it. Members that could not be read are null.</summary>
internal readonly record struct ForwardedHop(IPAddress? For, string? Proto, string? Host)
{
    /// <summary>
    /// Hops of X-Forwarded-For, client first. Of X-Forwarded-Proto and -Host the right-most value counts for all of them, because our peer
    /// vouches for that one only: who wrote what stands further left cannot be told.
    /// </summary>
    public static IReadOnlyList<ForwardedHop> ReadXForwarded(IHeaderDictionary headers)
    {
        var proto = ReadProto(Split(headers["X-Forwarded-Proto"], ',').LastOrDefault());
        var host = ReadHost(Split(headers["X-Forwarded-Host"], ',').LastOrDefault());
        var hops = Split(headers["X-Forwarded-For"], ',').Select(address => new ForwardedHop(ReadNode(address), proto, host)).ToList();
        return hops.Count > 0 ? hops : [new(null, proto, host)];
    }

    /// <summary>Elements of Forwarded (RFC 7239 §4), client first. An element that cannot be read has no address.</summary>
    public static IReadOnlyList<ForwardedHop> ReadForwarded(StringValues header) => [.. Split(header, ',').Select(ReadElement)];

    /// <summary>An address, with a port or not, IPv6 with brackets or not; null for names, "unknown" and everything else.</summary>
    public static IPAddress? ReadNode(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text is ['[', ..])
        {
            var end = text.IndexOf(']');
            return end > 0 && IsPort(text[(end + 1)..]) ? ReadAddress(text[1..end], AddressFamily.InterNetworkV6) : null;
        }

        var colon = text.IndexOf(':');
        return colon < 0 ? ReadAddress(text, AddressFamily.InterNetwork)
            : text.LastIndexOf(':') != colon ? ReadAddress(text, AddressFamily.InterNetworkV6)
            : IsPort(text[colon..]) ? ReadAddress(text[..colon], AddressFamily.InterNetwork)
            : null;
    }

    private static ForwardedHop ReadElement(string element)
    {
        var hop = default(ForwardedHop);
        foreach (var pair in Split(element, ';'))
        {
            var equals = pair.IndexOf('=');
            if (equals < 0 || Unquote(pair[(equals + 1)..]) is not { } value)
            {
                return default;
            }

            hop = pair[..equals].Trim().ToLowerInvariant() switch
            {
                "for" => hop with { For = ReadNode(value) },
                "proto" => hop with { Proto = ReadProto(value) },
                "host" => hop with { Host = ReadHost(value) },
                _ => hop,
            };
        }

        return hop;
    }

    // inet_aton's spellings of IPv4 (one number, octal, hex) and zones are no addresses here.
    private static IPAddress? ReadAddress(ReadOnlySpan<char> text, AddressFamily family) =>
        text.IndexOf('%') < 0 && IPAddress.TryParse(text, out var address) && address.AddressFamily == family
        && (family == AddressFamily.InterNetworkV6 || text.SequenceEqual(address.ToString())) ? address : null;

    private static bool IsPort(ReadOnlySpan<char> text) =>
        text.Length == 0 || (text[0] == ':' && ushort.TryParse(text[1..], NumberStyles.None, CultureInfo.InvariantCulture, out _));

    private static string? ReadProto(string? text) => text?.ToLowerInvariant() is "http" or "https" ? text.ToLowerInvariant() : null;

    private static string? ReadHost(string? text) => text is not null && HostText.IsHost(text) ? text : null;

    private static string? Unquote(string text)
    {
        text = text.Trim();
        return !text.StartsWith('"') ? text
            : text is ['"', .. var inner, '"'] ? inner.Replace("\\", "", StringComparison.Ordinal)
            : null;
    }

    private static List<string> Split(StringValues lines, char separator)
    {
        var parts = new List<string>();
        foreach (var line in lines)
        {
            var (start, isQuoted) = (0, false);
            for (var i = 0; i <= line!.Length; i++)
            {
                if (i == line.Length || (line[i] == separator && !isQuoted))
                {
                    parts.Add(line[start..i].Trim());
                    start = i + 1;
                }
                else if (line[i] == '\\' && isQuoted)
                {
                    i++;
                }
                else if (line[i] == '"')
                {
                    isQuoted = !isQuoted;
                }
            }
        }

        return parts;
    }
}
