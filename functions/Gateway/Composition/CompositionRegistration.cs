using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Composition;

/// <summary>Registers composed answers.</summary>
internal static class CompositionRegistration
{
    public static IServiceCollection AddComposition(this IServiceCollection services) => services.AddSingleton<ComposeStage>();
}
