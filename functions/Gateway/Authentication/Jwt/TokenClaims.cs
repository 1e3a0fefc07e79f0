using System.Text.Json;

namespace Gateway.Authentication.Jwt;

/// <summary>A token's payload, and the rules of RFC 7519 §4.1 on it.</summary>
internal sealed class TokenClaims
{
    /// <summary>By how much the issuer's clock may differ from ours.</summary>
    internal const double SkewSeconds = 30;

    // The end of the year 9999. What lies beyond is no date, and no arithmetic may meet it.
    private const double LastSecond = 253_402_300_799;

    private readonly double _expires;
    private readonly double _notBefore;
    private readonly double _issuedAt;
    private readonly IReadOnlyList<string> _audiences;

    private TokenClaims(JsonElement json, string issuer, IReadOnlyList<string> audiences, double expires, double notBefore, double issuedAt) =>
        (Json, Issuer, _audiences, _expires, _notBefore, _issuedAt) = (json, issuer, audiences, expires, notBefore, issuedAt);

    /// <summary>All claims, as a JSON object.</summary>
    public JsonElement Json { get; }

    /// <summary>iss</summary>
    public string Issuer { get; }

    /// <summary>The moment, in seconds since 1970, from which the token is refused.</summary>
    public double EndsAt => _expires + SkewSeconds;

    /// <summary>Reads a payload; the fault says why there is none.</summary>
    public static (TokenClaims? Claims, TokenFault Fault) Read(TokenText text)
    {
        if (StrictJson.ReadObject(TokenText.Decode(text.Payload)) is not { } json || !Date(json, "nbf", 0, out var notBefore) || !Date(json, "iat", 0, out var issuedAt))
        {
            return (null, TokenFault.Malformed);
        }

        if (json.Text("iss") is not { } issuer)
        {
            return (null, TokenFault.IssuerUnknown);
        }

        if (json.Texts("aud") is not { } audiences)
        {
            return (null, TokenFault.AudienceWrong);
        }

        return Date(json, "exp", null, out var expires)
            ? (new(json, issuer, audiences, expires, notBefore, issuedAt), TokenFault.None)
            : (null, TokenFault.Expired);
    }

    /// <summary>Whether the token counts at this moment.</summary>
    public TokenFault CheckDates(DateTimeOffset now)
    {
        var seconds = now.ToUnixTimeMilliseconds() / 1000.0;
        return seconds >= EndsAt ? TokenFault.Expired
            : seconds < _notBefore - SkewSeconds || seconds < _issuedAt - SkewSeconds ? TokenFault.NotYetValid
            : TokenFault.None;
    }

    public bool IsFor(IReadOnlyList<string> audiences)
    {
        for (var index = 0; index < _audiences.Count; index++)
        {
            if (audiences.Contains(_audiences[index]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Scopes in these claims, each a space-separated text or an array of texts.</summary>
    public IReadOnlySet<string> Scopes(IReadOnlyList<string> claims) => claims
        .SelectMany(claim => Json.Texts(claim) ?? [])
        .SelectMany(text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .ToHashSet(StringComparer.Ordinal);

    private static bool Date(JsonElement json, string member, double? absent, out double seconds)
    {
        seconds = absent ?? 0;
        return json.TryGetProperty(member, out var value)
            ? value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out seconds) && seconds is >= 0 and <= LastSecond
            : absent is not null;
    }
}
