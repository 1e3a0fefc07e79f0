using Azure.Core;
using LocalHost.Members;

namespace LocalHost.Issuer;

/// <summary>What the front door's managed identity is in Azure: gets tokens for any scope, here from the local issuer.</summary>
internal sealed class LocalIdentity(TokenIssuer issuer, Uri address, TimeProvider time) : TokenCredential
{
    // As Entra ID has it: the scope is the audience and what is asked of it.
    private const string Default = "/.default";

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        var scope = requestContext.Scopes[0];
        var request = new TokenRequest { Subject = LocalMesh.Gateway, Audience = scope.EndsWith(Default, StringComparison.Ordinal) ? scope[..^Default.Length] : scope };
        return new(issuer.Issue(address, request), time.GetUtcNow() + request.Lifetime);
    }

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        new(GetToken(requestContext, cancellationToken));
}
