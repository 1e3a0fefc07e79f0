using System.Globalization;
using System.Text;

namespace Gateway.Requests;

/// <summary>What services are told of the caller: the Gateway-* headers and the request's id.</summary>
/// <remarks>
/// Values hold visible ASCII only. Anything else, and "%" and "," themselves, is percent-encoded as UTF-8, so that no name that an
/// issuer or operator chose can end a header, and the lists (groups by comma, scopes by space) stay unambiguous. Decode after splitting.
/// </remarks>
internal static class IdentityHeaders
{
    /// <summary>The headers for a call to a service on behalf of this request; what is not known is left out.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(GatewayRequest request) => Of(request.Caller, request.Id);

    /// <inheritdoc cref="Of(GatewayRequest)"/>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(Caller caller, string requestId)
    {
        var headers = new List<KeyValuePair<string, string>>(7)
        {
            new(GatewayHeaders.RequestId, Encode(requestId)),
            new(GatewayHeaders.Auth, Encode(Kind(caller))),
        };
        Add(headers, GatewayHeaders.Consumer, caller.Consumer);
        Add(headers, GatewayHeaders.Plan, caller.Plan);
        Add(headers, GatewayHeaders.Subject, caller.Subject);
        Add(headers, GatewayHeaders.Scopes, caller.Scopes, ' ');
        Add(headers, GatewayHeaders.Groups, caller.Groups, ',');
        return headers;
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
        if (value.All(IsPlain))
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

    private static bool IsPlain(char character) => character is > ' ' and <= '~' and not ('%' or ',');
}
