using System.Collections.Frozen;

namespace Gateway.ResponseRules;

/// <summary>Headers that belong to the connection or frame the message (RFC 9110 §7.6.1, RFC 9112 §6): the server's business, no rule's.</summary>
internal static class FramingHeaders
{
    private static readonly FrozenSet<string> _names = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authenticate", "Proxy-Authentication-Info", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Content-Length");

    public static bool Contains(string name) => _names.Contains(name);
}
