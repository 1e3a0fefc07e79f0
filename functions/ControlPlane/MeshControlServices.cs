using ControlPlane.Authority;
using ControlPlane.Certificates;
using ControlPlane.Peers;
using ControlPlane.Rotations;
using ControlPlane.Storage;
using ControlPlane.Trust;
using Mesh.Verification;
using Microsoft.Extensions.DependencyInjection;
using Records.Trust;

namespace ControlPlane;

/// <summary>What takes care of the mesh's certificates.</summary>
internal static class MeshControlServices
{
    /// <exception cref="ArgumentException">The trust domain or a workload's name cannot be one.</exception>
    public static IServiceCollection AddMeshControl(this IServiceCollection services, MeshControl mesh)
    {
        MeshBeginning.RequireNames(mesh.Settings, mesh.Workloads.Keys);
        return services
            .AddMetrics()
            .AddSingleton(mesh.Settings)
            .AddSingleton(mesh.Rotation)
            .AddSingleton(new LeafVaults(mesh.Workloads))
            .AddSingleton(new AuthorityKeys(mesh.Authority))
            .AddSingleton(new LeafVerifier(new() { LongestLife = mesh.Rotation.LeafLife + mesh.Rotation.BackDate + TimeSpan.FromHours(1) }))
            .AddSingleton<CertificateMaker>()
            .AddSingleton<TrustTable>()
            .AddSingleton<BundlePublisher>()
            .AddSingleton<MeshBeginning>()
            .AddSingleton<PeerTable>()
            .AddSingleton<PeerBoard>()
            .AddSingleton<RotationLooks>()
            .AddSingleton<IRotationWork, RotationWork>()
            .AddSingleton<IRecordStore<RotationRecord>, TableRecordStore<RotationRecord>>()
            .AddSingleton<RotationJournal>()
            .AddSingleton<RotationMetrics>()
            .AddSingleton<RotationRunner>()
            .AddSingleton<ICertificateDesk, CertificateDesk>()
            .AddHostedService<RotationScheduler>();
    }
}
