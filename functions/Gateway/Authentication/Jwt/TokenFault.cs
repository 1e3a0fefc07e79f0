namespace Gateway.Authentication.Jwt;

/// <summary>Every way in which a token can be refused.</summary>
internal enum TokenFault
{
    None,

    /// <summary>Not three segments of canonical base64url, too long, or not JSON objects with unique members.</summary>
    Malformed,

    /// <summary>The header asks for something (crit, b64) that is not understood here.</summary>
    ExtensionNotAccepted,
    TypeNotAccepted,
    AlgorithmNotAccepted,
    UnknownKey,
    SignatureWrong,
    Expired,
    NotYetValid,
    IssuerUnknown,
    AudienceWrong,
    ConsumerMissing,

    /// <summary>The issuer's keys cannot be had, so that nothing can be said of the token.</summary>
    IssuerUnavailable,
}

/// <summary>What clients are told of each fault, as error_description: plain ASCII without quotes (RFC 6750 §3).</summary>
internal static class TokenFaults
{
    public static string Describe(this TokenFault fault) => fault switch
    {
        TokenFault.Malformed => "The token is malformed or too long.",
        TokenFault.ExtensionNotAccepted => "The token uses header extensions that are not accepted.",
        TokenFault.TypeNotAccepted => "The type of the token is not accepted. Send an access token.",
        TokenFault.AlgorithmNotAccepted => "The signature algorithm of the token is not accepted.",
        TokenFault.UnknownKey => "The token is signed with an unknown key.",
        TokenFault.SignatureWrong => "The signature of the token is wrong.",
        TokenFault.Expired => "The token has expired, or does not say when it does. Get a new one.",
        TokenFault.NotYetValid => "The token is not valid yet.",
        TokenFault.IssuerUnknown => "The issuer of the token is not accepted.",
        TokenFault.AudienceWrong => "The token is meant for another audience.",
        TokenFault.ConsumerMissing => "The token lacks the claim that names the consumer.",
        TokenFault.IssuerUnavailable => "The keys of the issuer cannot be fetched now.",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "Add the new fault to this table."),
    };
}
