using Microsoft.Extensions.DependencyInjection;

namespace Gateway.ResponseRules;

/// <summary>What response rules need from the container.</summary>
internal static class ResponseRulesRegistration
{
    public static IServiceCollection AddResponseRules(this IServiceCollection services) => services.AddSingleton<ResponseRulesStage>();
}
