using Microsoft.AspNetCore.Http;

namespace Gateway.Authentication;

/// <summary>The Authorization field of a request, split into scheme and credential (RFC 9110 §11.4).</summary>
internal readonly record struct AuthorizationField(AuthorizationScheme Scheme, ReadOnlyMemory<char> Credential)
{
    public static AuthorizationField Read(IHeaderDictionary headers)
    {
        var values = headers.Authorization;
        if (values.Count == 0)
        {
            return default;
        }

        // Two fields could be read as one by us and as the other by a service.
        var value = values.Count == 1 ? values[0] ?? "" : "";
        var space = value.IndexOf(' ', StringComparison.Ordinal);
        var credential = space < 1 ? default : value.AsMemory(space + 1).Trim(' ');
        return credential.IsEmpty ? new(AuthorizationScheme.Malformed, default) : new(SchemeOf(value.AsSpan(0, space)), credential);
    }

    // RFC 9110 §11.1: without regard to case.
    private static AuthorizationScheme SchemeOf(ReadOnlySpan<char> name) =>
        name.Equals("Bearer", StringComparison.OrdinalIgnoreCase) ? AuthorizationScheme.Bearer
        : name.Equals("ApiKey", StringComparison.OrdinalIgnoreCase) ? AuthorizationScheme.ApiKey
        : AuthorizationScheme.Other;
}

/// <summary>Schemes that make a difference here.</summary>
internal enum AuthorizationScheme
{
    /// <summary>There is no such field.</summary>
    None,
    Bearer,
    ApiKey,

    /// <summary>A scheme that is none of ours: not a credential for this gateway.</summary>
    Other,

    /// <summary>Empty, without a credential, or more than one field.</summary>
    Malformed,
}
