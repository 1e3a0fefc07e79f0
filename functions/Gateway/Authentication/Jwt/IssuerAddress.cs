namespace Gateway.Authentication.Jwt;

/// <summary>Which addresses an issuer's documents may be fetched from.</summary>
internal static class IssuerAddress
{
    private const string Discovery = "/.well-known/openid-configuration";

    /// <summary>Where an authority's discovery document is (OpenID Connect Discovery 1.0 §4); null: the authority is not one.</summary>
    public static Uri? OfDiscovery(string authority) =>
        Uri.TryCreate(authority.TrimEnd('/') + Discovery, UriKind.Absolute, out var address) && IsSafe(address) ? address : null;

    /// <summary>
    /// Where the keys are, as the discovery document says; null: not to be followed. Over https the document is the issuer's own word,
    /// and keys may stand on another host (some large issuers do so), over https too. Only a loopback authority may name a loopback address.
    /// </summary>
    public static Uri? OfKeys(Uri discovery, string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && IsSafe(address) && address.IsLoopback == discovery.IsLoopback ? address : null;

    /// <summary>
    /// True: a document found at this authority may speak for this issuer. Stricter than the origin (the very authority, §4.3) would refuse
    /// issuers that end with a slash or name a tenant by its id where the authority has its domain.
    /// </summary>
    public static bool MaySpeakFor(string authority, string issuer) =>
        Uri.TryCreate(authority, UriKind.Absolute, out var home)
        && Uri.TryCreate(issuer, UriKind.Absolute, out var named)
        && Uri.Compare(home, named, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0
        && named is { Query: "", Fragment: "", UserInfo: "" };

    private static bool IsSafe(Uri address) =>
        (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)) && address is { UserInfo: "", Fragment: "" };
}
