namespace Gateway.Authentication.Jwt;

/// <summary>
/// Decides whether a token is good, and whose. 1. The text alone (<see cref="TokenText"/>). 2. Remembered: steps 3 to 5 were done before,
/// and the key is still the issuer's. 3. Header and payload as strict JSON. 4. The issuer by iss, its key by kid, the algorithm by both.
/// 5. The signature. 6. Type, dates and audience: every time.
/// </summary>
internal sealed class TokenVerifier(TokenCache cache, TimeProvider time, JwtMetrics metrics)
{
    /// <summary>
    /// Steps 2 and 6 of a token that is remembered and good, where nothing has to be waited for; its text was looked at when it was remembered.
    /// Null: that says nothing of the token.
    /// </summary>
    public VerifiedToken? Recall(ReadOnlySpan<char> value, IReadOnlyList<Issuer> issuers)
    {
        for (var index = 0; index < issuers.Count; index++)
        {
            if (cache.Find(issuers[index], value) is { } known)
            {
                var isGood = IsKeyAtHand(issuers[index], known) && Fault(issuers[index], known) == TokenFault.None;
                if (isGood)
                {
                    metrics.Checked(TokenFault.None, remembered: true);
                }

                return isGood ? known : null;
            }
        }

        return null;
    }

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
        foreach (var issuer in issuers)
        {
            if (cache.Find(issuer, text.Value) is { } known && await IsKeyKnownAsync(issuer, known, cancellation) && Check(issuer, known, isRemembered: true) is var verdict)
            {
                if (verdict.Fault == TokenFault.None)
                {
                    return verdict;
                }

                cache.Remove(issuer, text);
            }
        }

        // 3.
        var (header, fault) = TokenHeader.Read(text);
        if (header is null)
        {
            return new(fault);
        }

        (var claims, fault) = TokenClaims.Read(text);
        return claims is null ? new(fault) : await VerifyAnyAsync(new(text, header, claims), issuers, cancellation);
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

        var verified = new VerifiedToken(issuer, token.Header, token.Claims, key.Fingerprint);
        var verdict = Check(issuer, verified, isRemembered: false);
        if (verdict.Fault == TokenFault.None)
        {
            cache.Add(issuer, token.Text, verified);
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
        await issuer.Keys.CurrentAsync(cancellation) is { } document && IsKeyKnown(issuer, token, document);

    private static bool IsKeyAtHand(Issuer issuer, VerifiedToken token)
    {
        var current = issuer.Keys.CurrentAsync(CancellationToken.None);
        return current.IsCompletedSuccessfully && current.Result is { } document && IsKeyKnown(issuer, token, document);
    }

    private static bool IsKeyKnown(Issuer issuer, VerifiedToken token, IssuerDocument document) =>
        issuer.HasIssued(token.Claims.Issuer, document) && document.Keys.Find(token.Header.KeyId)?.Fingerprint == token.KeyFingerprint;

    private TokenVerdict Check(Issuer issuer, VerifiedToken token, bool isRemembered)
    {
        var fault = Fault(issuer, token);
        return new(fault, issuer, fault == TokenFault.None ? token : null, isRemembered);
    }

    // 6.
    private TokenFault Fault(Issuer issuer, VerifiedToken token) =>
        !token.Header.IsOfType(issuer.Config.Types) ? TokenFault.TypeNotAccepted
        : token.Claims.CheckDates(time.GetUtcNow()) is var dates and not TokenFault.None ? dates
        : !token.Claims.IsFor(issuer.Config.Audiences) ? TokenFault.AudienceWrong
        : TokenFault.None;

    private sealed record Candidate(TokenText Text, TokenHeader Header, TokenClaims Claims);
}

/// <summary>What became of a token; the token itself when there is no fault.</summary>
internal readonly record struct TokenVerdict(TokenFault Fault, Issuer? Issuer = null, VerifiedToken? Token = null, bool IsRemembered = false);
