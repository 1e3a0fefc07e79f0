namespace Gateway.Authentication.Jwt;

/// <summary>What counts of a token's header. Where to find keys (jwk, jku, x5u, x5c) is not read: keys come from the issuer only.</summary>
/// <param name="Algorithm">alg</param>
/// <param name="KeyId">kid</param>
/// <param name="Type">typ without "application/"; null: absent.</param>
internal sealed record TokenHeader(string Algorithm, string KeyId, string? Type)
{
    private const string MediaType = "application/";

    /// <summary>Reads a header; the fault says why there is none.</summary>
    public static (TokenHeader? Header, TokenFault Fault) Read(TokenText text)
    {
        if (StrictJson.ReadObject(TokenText.Decode(text.Header)) is not { } members)
        {
            return (null, TokenFault.Malformed);
        }

        // RFC 7515 §4.1.11: what crit names must be understood; nothing is. RFC 7797: b64 has no meaning without crit.
        if (members.TryGetProperty("crit", out _) || members.TryGetProperty("b64", out _))
        {
            return (null, TokenFault.ExtensionNotAccepted);
        }

        var type = members.Text("typ");
        if ((type is null && members.TryGetProperty("typ", out _)) || members.Text("alg") is not { } algorithm)
        {
            return (null, TokenFault.Malformed);
        }

        return members.Text("kid") is { } key ? (new(algorithm, key, Bare(type)), TokenFault.None) : (null, TokenFault.UnknownKey);
    }

    /// <summary>
    /// True: one of the types accepted (RFC 7515 §4.1.9: without regard to case, "application/" may be left out). A token without typ counts
    /// as a plain JWT (RFC 7519 §5.1 makes typ optional): it is accepted where JWT is, so that an issuer whose list is only at+jwt demands it.
    /// </summary>
    public bool IsOfType(IReadOnlyList<string> accepted)
    {
        for (var index = 0; index < accepted.Count; index++)
        {
            if (string.Equals(Bare(accepted[index]), Type ?? "JWT", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static string? Bare(string? type) => type?.StartsWith(MediaType, StringComparison.OrdinalIgnoreCase) is true ? type[MediaType.Length..] : type;
}
