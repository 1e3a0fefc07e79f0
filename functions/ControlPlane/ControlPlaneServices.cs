using Azure.Storage.Blobs;
using ControlPlane.Access;
using ControlPlane.Certificates;
using ControlPlane.Consumers;
using ControlPlane.Keys;
using ControlPlane.Limits;
using ControlPlane.Management;
using ControlPlane.Releases;
using ControlPlane.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Records;

namespace ControlPlane;

/// <summary>What the control plane consists of.</summary>
public static class ControlPlaneServices
{
    /// <summary>Registers the desks and the management API. The host registers TableServiceClient, IPepperSource and logging; a BlobServiceClient where it is to keep releases.</summary>
    public static IServiceCollection AddControlPlane(this IServiceCollection services, ControlPlaneOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.ManageKey?.Length < ControlPlaneOptions.MinimumKeyLength)
        {
            throw new ArgumentException($"The manage key must have at least {ControlPlaneOptions.MinimumKeyLength} characters.", nameof(options));
        }

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IRecordStore<ConsumerRecord>, TableRecordStore<ConsumerRecord>>();
        services.AddSingleton<IRecordStore<KeyRecord>, TableRecordStore<KeyRecord>>();
        services.AddSingleton<IRecordStore<KeyUseRecord>, TableRecordStore<KeyUseRecord>>();
        services.AddSingleton<KeyRing>();
        services.AddSingleton<KeyMaker>();
        services.AddSingleton<KeyUses>();
        services.AddSingleton<LedgerTable>();

        // By hand: the desks are public, what they are made of is not.
        services.AddSingleton(provider => new ConsumerDesk(Get<IRecordStore<ConsumerRecord>>(provider), Get<KeyRing>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton(provider => new KeyDesk(
            Get<IRecordStore<ConsumerRecord>>(provider), Get<IRecordStore<KeyRecord>>(provider), Get<KeyUses>(provider), Get<KeyRing>(provider), Get<KeyMaker>(provider)));
        services.AddSingleton(provider => new LimitDesk(Get<LedgerTable>(provider), Get<TimeProvider>(provider)));
        if (options.Mesh is { } mesh)
        {
            services.AddMeshControl(mesh);
        }

        services.TryAddSingleton<ICertificateDesk, NoMeshDesk>();
        services.AddSingleton(provider => new ReleaseDesk(provider.GetService<IReleaseStore>() ?? StoreOf(provider), Get<TimeProvider>(provider)));
        services.AddSingleton<Desks>();
        if (options.ManageKey is { } key)
        {
            services.AddSingleton<IManageCredential>(new ManageKey(key));
        }

        services.AddSingleton<ManagementApi>();
        return services;
    }

    private static BlobReleaseStore? StoreOf(IServiceProvider services) => services.GetService<BlobServiceClient>() is { } blobs ? new(blobs) : null;

    private static T Get<T>(IServiceProvider services)
        where T : notnull => services.GetRequiredService<T>();
}
