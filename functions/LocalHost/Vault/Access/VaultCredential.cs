using Azure.Core;

namespace LocalHost.Vault.Access;

/// <summary>What a managed identity is in Azure: proves to local vaults which principal calls.</summary>
internal sealed class VaultCredential(VaultTokens tokens, string principal, TimeProvider time) : TokenCredential
{
    /// <summary>What a vault asks tokens for. Another scope would be a client's mistake that only Azure would notice.</summary>
    public const string Scope = "https://vault.azure.net/.default";

    // Clients ask again after it; the tokens themselves do not end.
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => requestContext.Scopes is [Scope]
        ? new(tokens.TokenFor(principal), time.GetUtcNow() + Lifetime)
        : throw new InvalidOperationException($"A vault's token is for {Scope}, not for {string.Join(' ', requestContext.Scopes)}.");

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        new(GetToken(requestContext, cancellationToken));
}
