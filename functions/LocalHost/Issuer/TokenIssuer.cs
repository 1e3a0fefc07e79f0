using System.Buffers.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace LocalHost.Issuer;

/// <summary>
/// A token issuer for one machine: OpenID Connect discovery, its key set, and a POST /token that asks for nothing.
/// It signs whatever anybody asks for, which is why it listens on loopback and signs with a key of its own.
/// </summary>
internal sealed class TokenIssuer(RsaSecurityKey key, TimeProvider time)
{
    private static readonly string[] ResponseTypes = ["token"];
    private static readonly string[] SubjectTypes = ["public"];
    private static readonly string[] Algorithms = ["RS256"];

    private readonly SigningCredentials _credentials = new(key, SecurityAlgorithms.RsaSha256);
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/.well-known/openid-configuration", (HttpRequest request) => Results.Json(new Dictionary<string, object>
        {
            ["issuer"] = Name(request),
            ["jwks_uri"] = $"{Name(request)}/jwks",
            ["token_endpoint"] = $"{Name(request)}/token",
            ["response_types_supported"] = ResponseTypes,
            ["subject_types_supported"] = SubjectTypes,
            ["id_token_signing_alg_values_supported"] = Algorithms,
        }));

        endpoints.MapGet("/jwks", () => Results.Json(new { keys = new[] { PublicKey() } }));
        endpoints.MapPost("/token", IssueAsync);
    }

    /// <summary>A signed token of type at+jwt (RFC 9068).</summary>
    public string Issue(Uri issuer, TokenRequest request)
    {
        var now = time.GetUtcNow();
        var claims = new Dictionary<string, object>(request.Claims, StringComparer.Ordinal)
        {
            ["sub"] = request.Subject,
            ["jti"] = Guid.NewGuid().ToString("N"),
        };
        if (request.Scopes.Length > 0)
        {
            claims["scope"] = request.Scopes;
        }

        var expires = now + request.Lifetime;
        var begins = expires < now ? expires : now;
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = "at+jwt",
            Issuer = issuer.GetLeftPart(UriPartial.Authority),
            Audience = request.Audience,
            IssuedAt = begins.UtcDateTime,
            NotBefore = begins.UtcDateTime,
            Expires = expires.UtcDateTime,
            Claims = claims,
            SigningCredentials = _credentials,
        });
    }

    private async Task<IResult> IssueAsync(HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            var wanted = await TokenRequest.ReadAsync(request, cancellation);
            return Results.Json(new Dictionary<string, object>
            {
                ["access_token"] = Issue(new(Name(request)), wanted),
                ["token_type"] = "Bearer",
                ["expires_in"] = (long)wanted.Lifetime.TotalSeconds,
            });
        }
        catch (FormatException e)
        {
            // RFC 6749 §5.2
            return Results.Json(new { error = "invalid_request", error_description = e.Message }, statusCode: StatusCodes.Status400BadRequest);
        }
    }

    // The name must be the same whoever asks, or tokens would not match discovery: the listener's own, not the Host header's.
    private static string Name(HttpRequest request) =>
        request.HttpContext.RequestServices.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();

    private object PublicKey()
    {
        var parameters = key.Rsa.ExportParameters(includePrivateParameters: false);
        return new
        {
            kty = "RSA",
            use = "sig",
            alg = "RS256",
            kid = key.KeyId,
            n = Base64Url.EncodeToString(parameters.Modulus),
            e = Base64Url.EncodeToString(parameters.Exponent),
        };
    }
}
