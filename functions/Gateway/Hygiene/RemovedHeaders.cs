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

    // By the first letter: of most names nothing more is looked at.
    private static readonly Row[]?[] _byLetter = ByLetter();

    public static bool Contains(string name)
    {
        foreach (var row in RowsOf(name))
        {
            if (row.Takes(name))
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySpan<Row> RowsOf(string name) => name.Length > 0 && Fold(name[0]) is var letter && letter < _byLetter.Length ? _byLetter[letter] : [];

    private static Row[]?[] ByLetter()
    {
        var rows = new Row[128][];
        foreach (var group in Rows.GroupBy(row => Fold(row.Name[0])))
        {
            rows[group.Key] = [.. group.Select(row => new Row(row.Name))];
        }

        return rows;
    }

    private static char Fold(char character) => character == '_' ? '-' : char.ToLowerInvariant(character);

    private sealed class Row(string name)
    {
        private readonly string _text = name.TrimEnd('*');
        private readonly bool _isBeginning = name.EndsWith('*');

        // Their names with "-" are honest: these go only in the spelling that stands in the table.
        private readonly bool _isSpelling = name.Contains('_');

        public bool Takes(string name)
        {
            if (_isBeginning ? name.Length < _text.Length : name.Length != _text.Length)
            {
                return false;
            }

            return _isSpelling ? name.Equals(_text, StringComparison.OrdinalIgnoreCase) : IsSame(name.AsSpan(0, _text.Length));
        }

        private bool IsSame(ReadOnlySpan<char> name)
        {
            var isSame = true;
            for (var i = 0; isSame && i < name.Length; i++)
            {
                isSame = Fold(name[i]) == Fold(_text[i]);
            }

            return isSame;
        }
    }
}
