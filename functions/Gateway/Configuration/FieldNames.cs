using System.Buffers;
using Gateway.Requests;

namespace Gateway.Configuration;

/// <summary>What header field names and values a configuration may name.</summary>
internal static class FieldNames
{
    // RFC 9110 §5.6.2: tchar.
    private static readonly SearchValues<char> _token = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    // RFC 9110 §7.6.1 and what frames a message: the connection's, not the operator's.
    private static readonly HashSet<string> _connection = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Content-Length", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
    };

    public static bool IsToken(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(_token);

    /// <summary>Mistakes in the names of a list of headers that are only read.</summary>
    public static IEnumerable<ConfigError> CheckTokens(IReadOnlyList<string> path, IEnumerable<string> names) =>
        names.Select((name, index) => (name, index)).Where(item => !IsToken(item.name)).Select(item => NotAToken([.. path, $"{item.index}"], item.name));

    /// <summary>Mistakes in header rules for what a service is sent.</summary>
    public static IEnumerable<ConfigError> CheckSent(IReadOnlyList<string> path, HeaderRules rules) =>
        Check(path, rules, name => Reason(name) ?? ReasonSent(name));

    /// <summary>Mistakes in header rules for what a client is answered.</summary>
    public static IEnumerable<ConfigError> CheckAnswered(IReadOnlyList<string> path, HeaderRules rules) => Check(path, rules, Reason);

    private static IEnumerable<ConfigError> Check(IReadOnlyList<string> path, HeaderRules rules, Func<string, (string Problem, string Mend)?> reason)
    {
        var seen = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in rules.Set)
        {
            IReadOnlyList<string> at = [.. path, "set", name];
            if (!IsToken(name))
            {
                yield return NotAToken(at, name) with { AtKey = true };
            }
            else if (reason(name) is { } wrong)
            {
                yield return new(at, wrong.Problem, wrong.Mend) { AtKey = true };
            }
            else if (!seen.TryAdd(name, name))
            {
                yield return new(at, $"'{name}' is set twice: names of headers compare without regard to case.", $"Keep it or '{seen[name]}'.") { AtKey = true };
            }

            if (value.Any(char.IsControl))
            {
                yield return new(at, "The value of a header holds a line break or another control character.", "Write it on one line.");
            }
            else if (!System.Text.Ascii.IsValid(value))
            {
                // RFC 9110 §5.5: what is not ASCII has no meaning that both sides share; servers and clients refuse to send it.
                yield return new(at, "The value of a header holds a letter that is not ASCII.", "Percent-encode it, or write it otherwise.");
            }
        }

        foreach (var (name, index) in rules.Remove.Select((name, index) => (name, index)))
        {
            IReadOnlyList<string> at = [.. path, "remove", $"{index}"];
            if (!IsToken(name))
            {
                yield return NotAToken(at, name);
            }
            else if (reason(name) is { } wrong)
            {
                yield return new(at, wrong.Problem, wrong.Mend);
            }
            else if (seen.ContainsKey(name))
            {
                yield return new(at, $"'{name}' is both set and removed.", "What is set replaces what was there: keep 'set' only.");
            }
        }
    }

    private static (string, string)? Reason(string name) => _connection.Contains(name)
        ? ($"'{name}' belongs to the connection; the gateway takes care of it.", "Remove this rule.")
        : name.Replace('_', '-').StartsWith(GatewayHeaders.Prefix, StringComparison.OrdinalIgnoreCase) || name.Equals(GatewayHeaders.RequestId, StringComparison.OrdinalIgnoreCase)
            ? ($"'{name}' is set by the gateway only.", "Use another name; what clients send under this one is removed anyway.")
            : null;

    private static (string, string)? ReasonSent(string name) => name.ToUpperInvariant() switch
    {
        "HOST" => ("'Host' is no header rule.", "Use the service's field 'host': url, preserve, or a host name."),
        "FORWARDED" => ($"'{name}' is rebuilt by the gateway for every request.", "Remove this rule; trustedProxies says whom to believe."),
        var upper when upper.StartsWith("X-FORWARDED-", StringComparison.Ordinal) => ($"'{name}' is rebuilt by the gateway for every request.", "Remove this rule; trustedProxies says whom to believe."),
        _ => null,
    };

    private static ConfigError NotAToken(IReadOnlyList<string> path, string name) =>
        new(path, $"'{name}' is not the name of a header.", "Use letters, digits and '-', such as x-tenant.");
}

/// <summary>Header rules as the check wants them.</summary>
internal readonly record struct HeaderRules(IReadOnlyDictionary<string, string> Set, IReadOnlyList<string> Remove);
