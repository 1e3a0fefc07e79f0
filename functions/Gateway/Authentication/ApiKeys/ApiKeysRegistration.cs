using Gateway.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Authentication.ApiKeys;

internal static class ApiKeysRegistration
{
    /// <summary>Registers the check of API keys and the directory of consumers. The host registers TableServiceClient, IPepperSource and TimeProvider.</summary>
    public static IServiceCollection AddApiKeys(this IServiceCollection services) => services
        .AddGatewayStorage()
        .AddSingleton<KeyCache>()
        .AddSingleton<IConsumerDirectory, ConsumerCache>()
        .AddSingleton<LastUseNotes>()
        .AddSingleton<ApiKeyMetrics>()
        .AddSingleton<ApiKeyRefusals>()
        .AddSingleton<ApiKeyAuthenticator>()
        .AddSingleton<KeyCheck>(provider => provider.GetRequiredService<ApiKeyAuthenticator>().AuthenticateAsync)
        .AddHostedService<LastUseWriter>();
}
