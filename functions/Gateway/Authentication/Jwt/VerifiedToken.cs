namespace Gateway.Authentication.Jwt;

/// <summary>A token whose signature is right. Whether it counts here and now is asked each time.</summary>
/// <param name="Header">Its header.</param>
/// <param name="Claims">Its payload.</param>
/// <param name="KeyFingerprint">The key that it was verified with; the token counts only while the issuer has that key.</param>
internal sealed record VerifiedToken(TokenHeader Header, TokenClaims Claims, string KeyFingerprint);
