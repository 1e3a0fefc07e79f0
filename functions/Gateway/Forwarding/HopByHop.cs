using System.Collections.Frozen;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Gateway.Forwarding;

/// <summary>Header fields that belong to one connection and are never passed on (RFC 9110 §7.6.1).</summary>
internal static class HopByHop
{
    private static readonly FrozenSet<string> Always = new[]
    {
        "Connection", "Keep-Alive", "Proxy-Connection", "Transfer-Encoding", "TE", "Upgrade", "HTTP2-Settings",
        "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Authentication-Info",
        // What another origin offers for itself says nothing of us.
        "Alt-Svc",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The fields that a client's request names in Connection, for <see cref="Includes"/>. Kestrel reduces "close, x" and "keep-alive, x"
    /// to their first word, so that a name beside these is not known.
    /// </summary>
    public static IReadOnlyCollection<string> NamedBy(IHeaderDictionary headers) =>
        StringValues.IsNullOrEmpty(headers.Connection) ? [] : headers.GetCommaSeparatedValues("Connection");

    /// <summary>The fields that a service's answer names in Connection, for <see cref="Includes"/>.</summary>
    public static IReadOnlyCollection<string> NamedBy(HttpResponseHeaders headers) =>
        headers.NonValidated.TryGetValues("Connection", out var values)
            ? NamedBy(values.ToString())
            : [];

    /// <summary>The fields that the values of Connection name, for <see cref="Includes"/>.</summary>
    public static string[] NamedBy(string connection) => connection.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public static bool Includes(string field, IReadOnlyCollection<string> named) =>
        Always.Contains(field) || (named.Count > 0 && named.Contains(field, StringComparer.OrdinalIgnoreCase));
}
