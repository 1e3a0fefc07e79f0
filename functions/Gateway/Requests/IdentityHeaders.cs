using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Gateway.Requests;

/// <summary>What services are told of the caller: the Gateway-* headers and the request's id.</summary>
/// <remarks>
/// Values hold visible ASCII only. Anything else, and "%" and "," themselves, is percent-encoded as UTF-8, so that no name that an
/// issuer or operator chose can end a header, and the lists (groups by comma, scopes by space) stay unambiguous. Decode after splitting.
/// </remarks>
internal static class IdentityHeaders
{
    private static readonly SearchValues<char> _plain = SearchValues.Create([.. Enumerable.Range('!', '~' - '!' + 1).Select(code => (char)code).Except("%,")]);

    private static readonly ConditionalWeakTable<Caller, KeyValuePair<string, string>[]> _rendered = [];

    /// <summary>The headers for a call to a service on behalf of this request; what is not known is left out.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Of(GatewayRequest request) => Of(request.Caller).Prepend(new(GatewayHeaders.RequestId, request.Id));

    /// <summary>Those that say who calls: made once for each caller that is known.</summary>
    public static KeyValuePair<string, string>[] Of(Caller caller) => _rendered.GetValue(caller, Render);

    private static KeyValuePair<string, string>[] Render(Caller caller)
    {
        var headers = new List<KeyValuePair<string, string>>(6) { new(GatewayHeaders.Auth, Encode(Kind(caller))) };
        Add(headers, GatewayHeaders.Consumer, caller.Consumer);
        Add(headers, GatewayHeaders.Plan, caller.Plan);
        Add(headers, GatewayHeaders.Subject, caller.Subject);
        Add(headers, GatewayHeaders.Scopes, caller.Scopes, ' ');
        Add(headers, GatewayHeaders.Groups, caller.Groups, ',');
        return [.. headers];
    }

    private static string Kind(Caller caller) => caller.Kind switch
    {
        CallerKind.ApiKey => "apiKey",
        CallerKind.Token => caller.Issuer ?? "token",
        _ => "anonymous",
    };

    private static void Add(List<KeyValuePair<string, string>> headers, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            headers.Add(new(name, Encode(value)));
        }
    }

    private static void Add(List<KeyValuePair<string, string>> headers, string name, IReadOnlySet<string> values, char separator)
    {
        if (values.Count > 0)
        {
            headers.Add(new(name, string.Join(separator, values.Order(StringComparer.Ordinal).Select(Encode))));
        }
    }

    /// <summary>A name that an issuer or operator chose, in visible ASCII without spaces: it cannot end a field, in a header or in a log line.</summary>
    public static string Encode(string value)
    {
        if (!value.AsSpan().ContainsAnyExcept(_plain))
        {
            return value;
        }

        var text = new StringBuilder(value.Length + 16);
        foreach (var octet in Encoding.UTF8.GetBytes(value))
        {
            _ = IsPlain((char)octet) ? text.Append((char)octet) : text.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
        }

        return text.ToString();
    }

    private static bool IsPlain(char character) => _plain.Contains(character);
}
