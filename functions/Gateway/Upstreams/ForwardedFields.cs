using System.Net;
using System.Net.Sockets;
using System.Text;
using Gateway.Requests;

namespace Gateway.Upstreams;

/// <summary>Who asked us, and for what: Forwarded (RFC 7239) and the older X-Forwarded-*, built anew for each request.</summary>
internal static class ForwardedFields
{
    private const string Token = "!#$%&'*+-.^_`|~";

    // A client that sends others' hosts only makes us render more.
    private const int Places = 256;

    private static readonly Rendered?[] _remembered = new Rendered?[Places];

    /// <summary>True for a field that is built anew, or that some service may take for one of these.</summary>
    public static bool Replaces(string field) =>
        field is ['F' or 'f' or 'X' or 'x', ..] && (field.Equals("Forwarded", StringComparison.OrdinalIgnoreCase)
        || field.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase)
        || field.StartsWith("X_Forwarded_", StringComparison.OrdinalIgnoreCase)
        || field.Equals("X-Real-IP", StringComparison.OrdinalIgnoreCase));

    /// <summary>Made anew for each request, but where the one before with the same client, host and scheme is remembered.</summary>
    public static KeyValuePair<string, string>[] Of(GatewayRequest request)
    {
        if (request.TrustedHops.Count > 1)
        {
            return Render(request.TrustedHops, request);
        }

        var client = request.TrustedHops.Count == 0 ? request.ClientAddress : request.TrustedHops[0];
        ref var place = ref _remembered[(uint)HashCode.Combine(client, request.Host) % Places];
        var remembered = Volatile.Read(ref place);
        if (remembered is null || !remembered.Fits(client, request))
        {
            Volatile.Write(ref place, remembered = new(client, request.Host, request.Scheme, Render([client], request)));
        }

        return remembered.Fields;
    }

    private static KeyValuePair<string, string>[] Render(IReadOnlyList<IPAddress> hops, GatewayRequest request)
    {
        KeyValuePair<string, string>[] fields =
        [
            new("Forwarded", Forwarded(hops, request)),
            new("X-Forwarded-For", string.Join(", ", hops.Select(Plain))),
            new("X-Forwarded-Proto", request.Scheme),
        ];
        return request.Host.Length > 0 ? [.. fields, new("X-Forwarded-Host", request.Host)] : fields;
    }

    // The first element is the client's own, and its request's host and scheme are what the first proxy saw (RFC 7239 §4).
    private static string Forwarded(IReadOnlyList<IPAddress> hops, GatewayRequest request)
    {
        var text = new StringBuilder();
        foreach (var hop in hops)
        {
            text.Append(text.Length == 0 ? "" : ", ").Append("for=").Append(Node(hop));
            if (ReferenceEquals(hop, hops[0]))
            {
                text.Append(request.Host.Length == 0 ? "" : ";host=" + Quoted(request.Host)).Append(";proto=").Append(request.Scheme);
            }
        }

        return text.ToString();
    }

    // RFC 7239 §6: an IPv6 address stands in brackets, and so in quotes.
    private static string Node(IPAddress address) =>
        Plain(address) is var text && text.Contains(':', StringComparison.Ordinal) ? $"\"[{text}]\"" : text;

    private static string Plain(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        // A zone is this machine's own affair.
        return plain.AddressFamily == AddressFamily.InterNetworkV6 && plain.ScopeId != 0 ? new IPAddress(plain.GetAddressBytes()).ToString() : plain.ToString();
    }

    private static string Quoted(string value) =>
        value.All(character => char.IsAsciiLetterOrDigit(character) || Token.Contains(character, StringComparison.Ordinal))
            ? value
            : '"' + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + '"';

    private sealed record Rendered(IPAddress Client, string Host, string Scheme, KeyValuePair<string, string>[] Fields)
    {
        public bool Fits(IPAddress client, GatewayRequest request) => Client.Equals(client) && Host == request.Host && Scheme == request.Scheme;
    }
}
