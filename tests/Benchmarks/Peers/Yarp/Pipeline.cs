using System.Security.Claims;
using System.Security.Cryptography;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;
using Yarp.ReverseProxy.Configuration;

namespace YarpPeer;

/// <summary>The works of the bench by YARP's own pipeline and the middleware of ASP.NET Core.</summary>
internal static class Pipeline
{
    private const string PerConsumer = "per-consumer";
    private const string Plain = "plain";
    private const string Mutual = "mutual";

    // The same as everywhere in the bench: never reached.
    private const int PerMinute = 100_000;

    public static WebApplication Build(WebApplicationBuilder builder, PeerSettings settings)
    {
        builder.Services.AddSingleton(new ApiKeyHandler.Known(settings.Keys));
        builder.Services.AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.Name, null)
            .AddJwtBearer(options => Accept(options, settings));
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy(ApiKeyHandler.Name, static policy => policy.AddAuthenticationSchemes(ApiKeyHandler.Name).RequireAuthenticatedUser())
            .AddPolicy(JwtBearerDefaults.AuthenticationScheme, static policy => policy.AddAuthenticationSchemes(JwtBearerDefaults.AuthenticationScheme).RequireAuthenticatedUser());
        builder.Services.AddRateLimiter(static limiter => limiter.AddPolicy(PerConsumer, Limit));
        builder.Services.AddReverseProxy()
            .LoadFromMemory(
                [
                    Route("a", Plain),
                    Route("b", Plain) with { AuthorizationPolicy = ApiKeyHandler.Name, RateLimiterPolicy = PerConsumer },
                    Route("c", Plain) with { AuthorizationPolicy = JwtBearerDefaults.AuthenticationScheme, RateLimiterPolicy = PerConsumer },
                    Route("d", Mutual),
                ],
                [Cluster(Plain, settings.Backend), Cluster(Mutual, settings.TlsBackend)])
            .ConfigureHttpClient((context, handler) =>
            {
                if (context.ClusterId == Mutual)
                {
                    MutualTls.Apply(handler, settings);
                }
            });

        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.MapReverseProxy();
        return app;
    }

    private static RouteConfig Route(string name, string cluster) => new() { RouteId = name, ClusterId = cluster, Match = new() { Path = $"/{name}", Methods = ["GET"] } };

    private static ClusterConfig Cluster(string name, string address) =>
        new() { ClusterId = name, Destinations = new Dictionary<string, DestinationConfig> { ["only"] = new() { Address = address } } };

    private static void Accept(JwtBearerOptions options, PeerSettings settings)
    {
        var rsa = RSA.Create();
        rsa.ImportFromPem(File.ReadAllText(settings.IssuerKey));
        options.MapInboundClaims = false;
        options.TokenValidationParameters = new()
        {
            ValidIssuer = settings.Issuer,
            ValidAudience = settings.Audience,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            IssuerSigningKey = new RsaSecurityKey(rsa),
        };
    }

    private static RateLimitPartition<string> Limit(HttpContext context) => RateLimitPartition.GetSlidingWindowLimiter(
        context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? context.User.FindFirstValue("sub") ?? "",
        static _ => new() { PermitLimit = PerMinute, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6 });
}
