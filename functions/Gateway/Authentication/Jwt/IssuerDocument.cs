namespace Gateway.Authentication.Jwt;

/// <summary>What an issuer publishes: its name as its tokens carry it, and its keys.</summary>
internal sealed record IssuerDocument(string Issuer, KeySet Keys);

/// <summary>How an attempt to fetch an issuer's document ended.</summary>
internal enum FetchOutcome
{
    Fetched,

    /// <summary>No answer, not in time, or not with status 200.</summary>
    Unreachable,

    /// <summary>The answer is too large, or is not what it should be.</summary>
    Malformed,

    /// <summary>The document names an address that the issuer may not send us to, or an issuer that it may not speak for.</summary>
    NotTrusted,
}

/// <summary>The result of an attempt; the document is there exactly when it was fetched.</summary>
internal readonly record struct IssuerFetch(FetchOutcome Outcome, IssuerDocument? Document = null);
