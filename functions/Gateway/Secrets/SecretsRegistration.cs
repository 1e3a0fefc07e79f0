using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Gateway.Secrets;

internal static class SecretsRegistration
{
    /// <summary>What services and issuers ask for secrets. A host may have registered its own <see cref="ISecretVault"/>. Harmless to repeat.</summary>
    public static IServiceCollection AddSecretShelf(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => new SecretShelf(provider.GetService<ISecretVault>() ?? VaultOf(provider)));
        return services;
    }

    /// <summary>The same with the reader, which begins when the host has started.</summary>
    public static IServiceCollection AddSecrets(this IServiceCollection services, TimeSpan refresh)
    {
        services.TryAddSingleton(Random.Shared);
        return services
            .AddSecretShelf()
            .AddSingleton<SecretMetrics>()
            .AddSingleton<SecretReading>()
            .AddSingleton(provider => new SecretPace(refresh, provider.GetRequiredService<Random>()))
            .AddHostedService<SecretReader>();
    }

    private static SharedVault? VaultOf(IServiceProvider provider) =>
        provider.GetKeyedService<SecretClient>(GatewaySecrets.ClientKey) is { } client ? new(client) : null;
}
