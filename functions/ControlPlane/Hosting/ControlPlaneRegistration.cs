using ControlPlane.Access;
using ControlPlane.Orchestrations;
using Mesh.Secrets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Records;

namespace ControlPlane.Hosting;

/// <summary>Registers the control plane for a Functions app.</summary>
public static class ControlPlaneRegistration
{
    // Each look is an activity and a timer in the engine's history: fewer than a process would take.
    private static readonly TimeSpan _look = TimeSpan.FromSeconds(15);

    /// <summary>Settings as the app has them: section "ControlPlane".</summary>
    public static IServiceCollection AddControlPlaneFunction(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return services.AddControlPlaneFunction(configuration.GetSection(ControlPlaneSettings.Section).Get<ControlPlaneSettings>() ?? new());
    }

    /// <summary>Registers all but logging. The host's triggers call <see cref="ControlPlaneFunction"/>, and its orchestrations <see cref="RotationActivities"/>.</summary>
    /// <exception cref="ControlPlaneSettingsException">With every mistake.</exception>
    public static IServiceCollection AddControlPlaneFunction(this IServiceCollection services, ControlPlaneSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (ControlPlaneSettingsRules.Check(settings).ToList() is { Count: > 0 } errors)
        {
            throw new ControlPlaneSettingsException(errors);
        }

        services.AddRouting();
        services.TryAddSingleton(TimeProvider.System);
        var clients = new ControlPlaneClients(settings, TimeProvider.System);
        var mesh = new MeshControl
        {
            Settings = new() { TrustDomain = settings.TrustDomain },
            Rotation = new() { Look = _look },
            RunsRotations = false,
            Authority = clients.Keys(settings.AuthorityVault!),
            Workloads = settings.Workloads.ToDictionary(workload => workload.Key, workload => clients.Certificates(workload.Value)),
        };
        services
            .AddSingleton(_ => clients)
            .AddSingleton(_ => clients.Tables())
            .AddSingleton(provider => new VaultPeppers(clients.Secrets(settings.SharedVault!), Get<TimeProvider>(provider), Get<ILogger<VaultPeppers>>(provider)))
            .AddSingleton<IPepperSource>(Get<VaultPeppers>)
            .AddSingleton(provider => new VaultManageKey(clients.Secrets(settings.AuthorityVault!), Get<TimeProvider>(provider)))
            .AddSingleton<IManageCredential>(Get<VaultManageKey>);
        if (clients.Blobs() is { } blobs)
        {
            services.AddSingleton(blobs);
        }

        if (settings.Entra is { Tenant.Length: > 0, Audience.Length: > 0 } entra)
        {
            services.AddSingleton<IManageCredential>(provider => new EntraTokens(entra, EntraTokens.KeysOf(entra), Get<TimeProvider>(provider), Get<ILogger<EntraTokens>>(provider)));
        }

        return services
            .AddControlPlane(new() { Mesh = mesh })
            .AddSingleton(provider => new ControlPlaneFunction(
                Get<OrchestratedMesh>(provider), Get<VaultManageKey>(provider), Get<VaultPeppers>(provider), provider, Get<ILogger<ControlPlaneFunction>>(provider)));
    }

    private static T Get<T>(IServiceProvider provider)
        where T : notnull => provider.GetRequiredService<T>();
}
