using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace ControlPlane.Access;

/// <summary>Access tokens of Microsoft Entra ID with one of the application's roles: of people, pipelines and managed identities.</summary>
internal sealed partial class EntraTokens(EntraSettings settings, BaseConfigurationManager issuer, TimeProvider time, ILogger<EntraTokens> logger) : IManageCredential
{
    private const string IdUri = "api://";

    private const int MostCharacters = 16 * 1024;

    private static readonly TimeSpan _skew = TimeSpan.FromSeconds(30);

    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = MostCharacters, MapInboundClaims = false };

    /// <summary>The signing keys as the tenant publishes them, kept and refreshed.</summary>
    public static BaseConfigurationManager KeysOf(EntraSettings settings) => new ConfigurationManager<OpenIdConnectConfiguration>(
        new Uri(settings.Login, $"{settings.Tenant}/v2.0/.well-known/openid-configuration").ToString(), new OpenIdConnectConfigurationRetriever());

    public async ValueTask<ManageCaller?> IdentifyAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (BearerField.Read(request) is not { Length: <= MostCharacters } token || !_handler.CanReadToken(token))
        {
            return null;
        }

        var result = await _handler.ValidateTokenAsync(token, Parameters());
        if (!result.IsValid)
        {
            // The kind of failure; its text may quote the token.
            Log.Refused(logger, result.Exception?.GetType().Name ?? "unknown");
            return null;
        }

        var roles = result.ClaimsIdentity.FindAll("roles").Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal);
        var who = $"entra {result.ClaimsIdentity.FindFirst("oid")?.Value ?? result.ClaimsIdentity.FindFirst("sub")?.Value}";
        return roles.Contains(EntraSettings.ManageRole) ? new(who, MayChange: true)
            : roles.Contains(EntraSettings.ReadRole) ? new(who, MayChange: false)
            : null;
    }

    private TokenValidationParameters Parameters() => new()
    {
        ConfigurationManager = issuer,
        // Version 2 of tokens, and version 1, which applications get unless they ask otherwise.
        ValidIssuers = [new Uri(settings.Login, $"{settings.Tenant}/v2.0").ToString(), $"https://sts.windows.net/{settings.Tenant}/"],
        // Version 2 names the application by its id, version 1 by its id URI.
        ValidAudiences = [settings.Audience, Id(settings.Audience), $"{IdUri}{Id(settings.Audience)}"],
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
        RequireExpirationTime = true,
        RequireSignedTokens = true,
        ClockSkew = _skew,
        LifetimeValidator = (from, until, _, parameters) =>
            until is { } end && time.GetUtcNow().UtcDateTime < end + parameters.ClockSkew && (from is not { } start || time.GetUtcNow().UtcDateTime >= start - parameters.ClockSkew),
    };

    private static string Id(string audience) => audience.StartsWith(IdUri, StringComparison.Ordinal) ? audience[IdUri.Length..] : audience;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "A token for the management API is refused: {Kind}.")]
        public static partial void Refused(ILogger logger, string kind);
    }
}
