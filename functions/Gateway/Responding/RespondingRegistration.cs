using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Responding;

/// <summary>Registers the answers that need no service.</summary>
internal static class RespondingRegistration
{
    public static IServiceCollection AddResponding(this IServiceCollection services) =>
        services.AddSingleton<RespondStage>().AddSingleton<RedirectStage>();
}
