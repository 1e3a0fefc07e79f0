using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Configuration;

/// <summary>Registers the loader. The host adds an <see cref="ISnapshotCompiler"/>.</summary>
internal static class ConfigRegistration
{
    public static IServiceCollection AddConfiguration(this IServiceCollection services, Func<IServiceProvider, ConfigSource> source) => services
        .AddSingleton(source)
        .AddSingleton<SnapshotSource>()
        .AddSingleton<ConfigMetrics>()
        .AddSingleton<ConfigReloader>()
        .AddHostedService<ConfigWatcher>();
}
