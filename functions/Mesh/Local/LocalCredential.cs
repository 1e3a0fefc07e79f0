using Azure.Core;

namespace Mesh.Local;

/// <summary>Proves to a local vault who calls, by the token that the local host wrote.</summary>
internal sealed class LocalCredential(string token, TimeProvider time) : TokenCredential
{
    // Clients ask again after it; the token itself does not end.
    private static readonly TimeSpan _lifetime = TimeSpan.FromHours(1);

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(token, time.GetUtcNow() + _lifetime);

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        new(GetToken(requestContext, cancellationToken));
}
