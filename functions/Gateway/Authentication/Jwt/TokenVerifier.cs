namespace Gateway.Authentication.Jwt;

/// <summary>
/// Decides whether a token is good, and whose. 1. The text alone (<see cref="TokenText"/>). 2. Remembered: steps 3 to 5 were done before,
/// and the key is still the issuer's. 3. Header and payload as strict JSON. 4. The issuer by iss, its key by kid, the algorithm by both.
/// 5. The signature. 6. Type, dates and audience: every time.
/// </summary>
internal sealed class TokenVerifier(TokenCache cache, TimeProvider time, JwtMetrics metrics)
{
    public async ValueTask<TokenVerdict> VerifyAsync(string value, IReadOnlyList<Issuer> issuers, CancellationToken cancellation)
    {
        // 1.
        var verdict = issuers.Count == 0 ? new(TokenFault.IssuerUnknown)
            : TokenText.TryParse(value, issuers.Max(issuer => issuer.Config.MaxToken.Bytes), out var text) ? await VerifyTextAsync(text, issuers, cancellation)
            : new(TokenFault.Malformed);
        metrics.Checked(verdict.Fault, verdict.IsRemembered);
        return verdict;
    }

    private async ValueTask<TokenVerdict> VerifyTextAsync(TokenText text, IReadOnlyList<Issuer> issuers, CancellationToken cancellation)
    {
        // 2.
        var hash = TokenCache.Hash.Of(text);
        foreach (var issuer in issuers)
        {
            if (cache.Find(issuer, hash) is { } known && await IsKeyKnownAsync(issuer, known, cancellation) && Check(issuer, known, isRemembered: true) is var verdict)
            {
                if (verdict.Fault == TokenFault.None)
                {
                    return verdict;
                }

                cache.Remove(issuer, hash);
            }
        }

        // 3.
        var (header, fault) = TokenHeader.Read(text);
        if (header is null)
        {
            return new(fault);
        }

        (var claims, fault) = TokenClaims.Read(text);
        return claims is null ? new(fault) : await VerifyAnyAsync(new(text, hash, header, claims), issuers, cancellation);
    }

    private async ValueTask<TokenVerdict> VerifyAnyAsync(Candidate token, IReadOnlyList<Issuer> issuers, CancellationToken cancellation)
    {
        // Two entries of the configuration may share one issuer and differ in audience: the first that accepts wins, else the first fault counts.
        var first = new TokenVerdict(TokenFault.IssuerUnknown);
        foreach (var issuer in issuers.Where(issuer => issuer.MayHaveIssued(token.Claims.Issuer)))
        {
            var verdict = await VerifyOneAsync(token, issuer, cancellation);
            if (verdict.Fault == TokenFault.None)
            {
                return verdict;
            }

            first = first.Fault == TokenFault.IssuerUnknown ? verdict : first;
        }

        return first;
    }

    private async ValueTask<TokenVerdict> VerifyOneAsync(Candidate token, Issuer issuer, CancellationToken cancellation)
    {
        // 4.
        if (token.Text.Value.Length > issuer.Config.MaxToken.Bytes)
        {
            return new(TokenFault.Malformed);
        }

        if (!issuer.Config.Algorithms.Contains(token.Header.Algorithm) || SignatureAlgorithm.Find(token.Header.Algorithm) is not { } algorithm)
        {
            return new(TokenFault.AlgorithmNotAccepted);
        }

        if (!token.Header.IsOfType(issuer.Config.Types))
        {
            return new(TokenFault.TypeNotAccepted);
        }

        var (key, fault) = await FindKeyAsync(token, issuer, cancellation);
        if (key is null)
        {
            return new(fault);
        }

        if (!key.Takes(algorithm))
        {
            return new(TokenFault.AlgorithmNotAccepted);
        }

        // 5.
        if (!key.Verify(algorithm, token.Text))
        {
            return new(TokenFault.SignatureWrong);
        }

        var verified = new VerifiedToken(token.Header, token.Claims, key.Fingerprint);
        var verdict = Check(issuer, verified, isRemembered: false);
        if (verdict.Fault == TokenFault.None)
        {
            cache.Add(issuer, token.Hash, token.Text, verified);
        }

        return verdict;
    }

    private static async ValueTask<(VerificationKey? Key, TokenFault Fault)> FindKeyAsync(Candidate token, Issuer issuer, CancellationToken cancellation)
    {
        if (await issuer.Keys.CurrentAsync(cancellation) is not { } document)
        {
            return (null, TokenFault.IssuerUnavailable);
        }

        if (!issuer.HasIssued(token.Claims.Issuer, document))
        {
            return (null, TokenFault.IssuerUnknown);
        }

        if (document.Keys.Find(token.Header.KeyId) is { } key)
        {
            return (key, TokenFault.None);
        }

        // The issuer may have a new key. If it cannot be asked, the token may well be good: that is not the client's fault.
        return await issuer.Keys.NewerAsync(cancellation) is { } newer
            ? (newer.Keys.Find(token.Header.KeyId), TokenFault.UnknownKey)
            : (null, TokenFault.IssuerUnavailable);
    }

    private static async ValueTask<bool> IsKeyKnownAsync(Issuer issuer, VerifiedToken token, CancellationToken cancellation) =>
        await issuer.Keys.CurrentAsync(cancellation) is { } document
        && issuer.HasIssued(token.Claims.Issuer, document)
        && document.Keys.Find(token.Header.KeyId)?.Fingerprint == token.KeyFingerprint;

    // 6.
    private TokenVerdict Check(Issuer issuer, VerifiedToken token, bool isRemembered)
    {
        var fault = !token.Header.IsOfType(issuer.Config.Types) ? TokenFault.TypeNotAccepted
            : token.Claims.CheckDates(time.GetUtcNow()) is var dates and not TokenFault.None ? dates
            : !token.Claims.IsFor(issuer.Config.Audiences) ? TokenFault.AudienceWrong
            : TokenFault.None;
        return new(fault, issuer, fault == TokenFault.None ? token.Claims : null, isRemembered);
    }

    private sealed record Candidate(TokenText Text, TokenCache.Hash Hash, TokenHeader Header, TokenClaims Claims);
}

/// <summary>What became of a token: its issuer and claims when there is no fault.</summary>
internal readonly record struct TokenVerdict(TokenFault Fault, Issuer? Issuer = null, TokenClaims? Claims = null, bool IsRemembered = false);
