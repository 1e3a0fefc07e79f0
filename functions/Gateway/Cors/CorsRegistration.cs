using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Cors;

/// <summary>What CORS needs from the container. (AddCors is the name of ASP.NET Core.)</summary>
internal static class CorsRegistration
{
    public static IServiceCollection AddCorsRules(this IServiceCollection services) => services.AddSingleton<CorsStage>();
}
