using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Gateway.Requests;

namespace Gateway.Hygiene;

/// <summary>
/// The one table of header fields that only the gateway or the platform may set: whatever a client sends under these names is removed before
/// anything after hygiene looks. "_" counts as "-", because CGI-like services cannot tell them apart.
/// </summary>
internal static class RemovedHeaders
{
    private const string Ours = "The gateway's own word to services on who calls.";
    private const string Hops = "Says where a request comes from; rebuilt from what trusted proxies said.";
    private const string Platform = "Set by Azure's front end or Functions host, for us and not for services.";
    private const string Certificate = "Says who the client proved to be in TLS; a header can pose as that.";
    private const string Proxy = "Meant for proxies, hop by hop; Proxy itself becomes HTTP_PROXY in CGI.";
    private const string Override = "Would make a service see another method or path than the one that was matched and allowed.";
    private const string Framing = "Looks like message framing; only the connection's own framing counts.";

    /// <summary>A name, or the beginning of names ("X-Forwarded-*"), and why it goes.</summary>
    public static IReadOnlyList<(string Name, string Reason)> Rows { get; } =
    [
        (GatewayHeaders.Prefix + "*", Ours),
        (GatewayHeaders.RequestId, "The request's id is the gateway's."),
        (GatewayHeaders.Admitted, "The gateway's own word to tests on when a limit admitted the request."),
        ("Forwarded", Hops),
        ("X-Forwarded", Hops),
        ("X-Forwarded-*", Hops),
        ("X-Real-IP", Hops),
        ("X-Client-IP", Hops),
        ("True-Client-IP", Hops),
        ("X-Cluster-Client-IP", Hops),
        ("Client-IP", Hops),
        ("X-Azure-*", Platform),
        ("X-ARR-*", Platform),
        ("X-WAWS-*", Platform),
        ("X-AppService-*", Platform),
        ("X-SITE-DEPLOYMENT-ID", Platform),
        ("DISGUISED-HOST", Platform),
        ("WAS-DEFAULT-HOSTNAME", Platform),
        ("X-MS-Invocation-Id", Platform),
        ("X-MS-Client-Principal*", Platform),
        ("X-MS-Token-*", Platform),
        ("Client-Cert", Certificate),
        ("Client-Cert-Chain", Certificate),
        ("X-Client-Cert", Certificate),
        ("X-SSL-*", Certificate),
        ("SSL-Client-*", Certificate),
        ("Proxy", Proxy),
        ("Proxy-*", Proxy),
        ("X-Original-*", Override),
        ("X-Rewrite-URL", Override),
        ("X-HTTP-Method", Override),
        ("X-HTTP-Method-Override", Override),
        ("X-Method-Override", Override),
        ("X-Host", Override),
        ("X-Content-Length", Framing),
        ("Content_Length", Framing),
        ("Transfer_Encoding", Framing),
    ];

    private static readonly FrozenSet<string> _names = Rows.Where(row => !row.Name.EndsWith('*')).Select(row => row.Name).Where(name => !name.Contains('_')).ToFrozenSet(SameHeader.Instance);

    // Their names with "-" are honest: these go only in the spelling that stands in the table.
    private static readonly FrozenSet<string> _spellings = Rows.Select(row => row.Name).Where(name => name.Contains('_')).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] _beginnings = [.. Rows.Where(row => row.Name.EndsWith('*')).Select(row => row.Name[..^1])];

    public static bool Contains(string name) =>
        _names.Contains(name) || _spellings.Contains(name) || Array.Exists(_beginnings, start => name.Length >= start.Length && SameHeader.Equal(name.AsSpan(0, start.Length), start));

    private sealed class SameHeader : IEqualityComparer<string>
    {
        public static SameHeader Instance { get; } = new();

        public static bool Equal(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
        {
            var same = one.Length == other.Length;
            for (var i = 0; same && i < one.Length; i++)
            {
                same = Fold(one[i]) == Fold(other[i]);
            }

            return same;
        }

        public bool Equals(string? x, string? y) => Equal(x, y);

        public int GetHashCode([DisallowNull] string obj)
        {
            var hash = default(HashCode);
            foreach (var character in obj)
            {
                hash.Add(Fold(character));
            }

            return hash.ToHashCode();
        }

        private static char Fold(char character) => character == '_' ? '-' : char.ToLowerInvariant(character);
    }
}
