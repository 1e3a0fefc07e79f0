using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Mesh.Callers;
using Mesh.Calls;
using Mesh.Canaries;
using Mesh.Clocks;
using Mesh.Health;
using Mesh.Leaves;
using Mesh.Local;
using Mesh.Membership;
using Mesh.Peers;
using Mesh.Settings;
using Mesh.Telemetry;
using Mesh.Trust;
using Mesh.Verification;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mesh;

/// <summary>Makes a process a member of the mesh.</summary>
public static class MeshServices
{
    /// <summary>Under this key a host registers clients of Azure that only the mesh is to use; else the ones without a key are taken, or made from the settings.</summary>
    public const string ClientKey = "mesh";

    /// <summary>Takes the settings from section "Mesh".</summary>
    public static TBuilder AddMesh<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddMesh(builder.Configuration.ReadMesh());
        return builder;
    }

    /// <summary>
    /// The same for a Functions app, each of whose functions asks <see cref="MeshCallers.JudgeAsync"/> first: a request that were answered before its function would be
    /// missed by the worker, which waits for it.
    /// </summary>
    public static TBuilder AddMeshFunction<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        var options = builder.Configuration.ReadMesh();
        builder.Services.AddMesh(options with { Callers = (options.Callers ?? new()) with { InPipeline = false } });
        return builder;
    }

    /// <summary>Starting the host makes the process a member, in the background; wrong settings stop the start with a <see cref="MeshOptionsException"/>.</summary>
    public static IServiceCollection AddMesh(this IServiceCollection services, MeshOptions options)
    {
        var local = string.IsNullOrEmpty(options.Local) ? null : LocalFile.Read(options.Local);
        options = local?.Complete(options) ?? options;
        services.AddMetrics();
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(Random.Shared);
        services.TryAddSingleton(new LeafVerifier(new()));
        services.TryAddSingleton<MeshMetrics>();
        if (options.Callers is { } callers)
        {
            services.AddMeshCallers(callers);
        }

        if (local is not null)
        {
            services.AddLocal(local);
        }

        return services.AddSingleton(provider => Checked(options, local, provider)).AddTrust(options).AddLeaves(options).AddPeers(options).AddCalls(options).AddMembership();
    }

    // Before the membership: its start comes first, and stops all others where the local host is away.
    private static void AddLocal(this IServiceCollection services, LocalFile file) => services
        .AddSingleton(file)
        .AddSingleton(provider => new LocalClients(file, Get<TimeProvider>(provider)))
        .AddHostedService<LocalLook>();

    private static IServiceCollection AddTrust(this IServiceCollection services, MeshOptions options)
    {
        services.TryAddSingleton<IBundleSource>(provider => new TableBundleSource(Tables(provider), Get<TimeProvider>(provider)));
        return services
            .AddSingleton(provider => new FollowedTrust(Get<TimeProvider>(provider), Clock(provider)))
            .AddSingleton<ITrust>(Get<FollowedTrust>)
            .AddSingleton(provider => new MeshStatus(Get<FollowedTrust>(provider), Get<TimeProvider>(provider)))
            .AddSingleton(_ => new MeshReady())
            .AddSingleton(provider => new TrustMetrics(Get<IMeterFactory>(provider), Get<MeshOptions>(provider).Service, Get<MeshStatus>(provider), Get<TimeProvider>(provider)))
            .AddSingleton(new BundleJudge(options.TrustDomain))
            .AddSingleton(provider => ActivatorUtilities.CreateInstance<BundleFollower>(provider, Clock(provider)));
    }

    private static IServiceCollection AddLeaves(this IServiceCollection services, MeshOptions options)
    {
        services.TryAddSingleton<ILeafVault>(provider => new SecretLeafVault(Vault(provider)));
        return services
            .AddSingleton(provider => ActivatorUtilities.CreateInstance<LeafLoads>(provider, Clock(provider)))
            .AddSingleton(provider => new OwnLeaves(options.Service, Get<LeafLoads>(provider)));
    }

    private static IServiceCollection AddPeers(this IServiceCollection services, MeshOptions options)
    {
        services.TryAddSingleton<IPeerStore>(provider => new TablePeerStore(Tables(provider), Get<TimeProvider>(provider)));
        return services
            .AddSingleton(new PeerInstance(options.Service, options.Serves))
            .AddSingleton(provider => new PeerReports(
                Get<IPeerStore>(provider), Get<PeerInstance>(provider), Get<FollowedTrust>(provider), Get<TimeProvider>(provider), Clock(provider), Get<MeshStatus>(provider), Get<ILogger<PeerReports>>(provider)));
    }

    private static IServiceCollection AddCalls(this IServiceCollection services, MeshOptions options) => services
        .AddSingleton(new MeshCallLimits(options.ConnectionAge, options.Drain))
        .AddSingleton<MeshDestinations>()
        .AddSingleton<ServerIdentity>()
        .AddSingleton<MeshDial>()
        .AddSingleton<MeshHandlers>()
        .AddSingleton<IActsOnTrust>(Get<MeshHandlers>)
        .AddSingleton<CanaryCalls>()
        .AddSingleton<CanaryRounds>();

    private static IServiceCollection AddMembership(this IServiceCollection services) => services
        .AddSingleton<TrustActing>()
        .AddSingleton<MeshRounds>()
        .AddSingleton<RoundWait>()
        .AddHostedService<MeshMember>();

    // Whatever the host resolves first of the mesh, it finds every mistake.
    private static MeshOptions Checked(MeshOptions options, LocalFile? local, IServiceProvider provider) =>
        MeshOptionsRules.Check(options, local, IsRegistered<SecretClient>(provider), IsRegistered<TableServiceClient>(provider)).ToList() is { Count: > 0 } errors
            ? throw new MeshOptionsException(errors)
            : options;

    private static bool IsRegistered<T>(IServiceProvider provider) =>
        Get<IServiceProviderIsKeyedService>(provider) is var registered && (registered.IsService(typeof(T)) || registered.IsKeyedService(typeof(T), ClientKey));

    // The client makes rows by reflection, which a compiler ahead of time does not see.
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor, typeof(TableEntity))]
    private static TableServiceClient Tables(IServiceProvider provider) =>
        provider.GetService<LocalClients>()?.Tables ?? Registered<TableServiceClient>(provider) ?? new(Get<MeshOptions>(provider).Tables, Credential(provider));

    private static SecretClient Vault(IServiceProvider provider) =>
        provider.GetService<LocalClients>()?.Vault ?? Registered<SecretClient>(provider) ?? new(Get<MeshOptions>(provider).Vault, Credential(provider));

    private static TokenCredential Credential(IServiceProvider provider) => Registered<TokenCredential>(provider) ?? new DefaultAzureCredential();

    private static T? Registered<T>(IServiceProvider provider)
        where T : class => provider.GetKeyedService<T>(ClientKey) ?? provider.GetService<T>();

    // Ages are measured by a clock that counts suspension.
    private static TimeProvider Clock(IServiceProvider provider) => BootTime.Beside(Get<TimeProvider>(provider));

    private static T Get<T>(IServiceProvider provider)
        where T : notnull => provider.GetRequiredService<T>();
}
