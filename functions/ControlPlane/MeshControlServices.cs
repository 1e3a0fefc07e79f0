using ControlPlane.Authority;
using ControlPlane.Certificates;
using ControlPlane.Orchestrations;
using ControlPlane.Peers;
using ControlPlane.Rotations;
using ControlPlane.Storage;
using ControlPlane.Trust;
using Mesh.Verification;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
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
            .AddSingleton<RotationEnding>()
            .AddSingleton<Departures>()
            .AddSingleton<PeerUpkeep>()
            .AddSingleton<RotationSchedule>()
            .AddSingleton<ICertificateDesk, CertificateDesk>()
            .AddRotationEngine(mesh.RunsRotations);
    }

    private static IServiceCollection AddRotationEngine(this IServiceCollection services, bool runsHere) => runsHere
        ? services
            .AddSingleton<RotationRunner>()
            .AddSingleton<IRotationEngine>(Get<RotationRunner>)
            .AddHostedService<RotationScheduler>()
        : services
            .AddSingleton<IRotationEngine, JournalEngine>()
            .AddSingleton(provider => new RotationActivities(Get<IRotationWork>(provider), Get<RotationJournal>(provider), Get<RotationEnding>(provider), Get<ILogger<RotationActivities>>(provider)))
            .AddSingleton(provider => new OrchestratedMesh(Get<RotationSchedule>(provider), Get<RotationJournal>(provider), Get<IRotationEngine>(provider), Get<RotationOptions>(provider)));

    private static T Get<T>(IServiceProvider provider)
        where T : notnull => provider.GetRequiredService<T>();
}
