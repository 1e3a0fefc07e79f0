using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Authorization;

internal static class AuthorizationRegistration
{
    /// <summary>Registers what authorization needs.</summary>
    public static IServiceCollection AddAuthorizationRules(this IServiceCollection services) => services.AddSingleton<AuthorizationStage>();
}
