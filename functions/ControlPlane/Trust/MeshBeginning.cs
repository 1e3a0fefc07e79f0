using ControlPlane.Authority;
using ControlPlane.Rotations;
using Mesh.Identities;
using Microsoft.Extensions.Logging;
using Records.Trust;

namespace ControlPlane.Trust;

/// <summary>Brings the mesh into being: its first authority, its first bundle, and the workloads that it has now.</summary>
internal sealed partial class MeshBeginning(MeshSettings settings, BundlePublisher bundles, CertificateMaker maker, TimeProvider time, ILogger<MeshBeginning> logger)
{
    // Finds the first authority's key again where a beginning was cut off.
    private const string Rotation = "first";

    /// <summary>May be done at each start: what is there stays.</summary>
    /// <exception cref="ArgumentException">A name cannot be one.</exception>
    public async Task EnsureAsync(IReadOnlyCollection<string> services, CancellationToken cancellation)
    {
        RequireNames(settings, services);
        var bundle = await bundles.FindNewestAsync(cancellation) ?? await BeginAsync(services, cancellation);
        Require(bundle.TrustDomain == settings.TrustDomain, $"The mesh in storage is {bundle.TrustDomain}, and this control plane is told that it is {settings.TrustDomain}. A mesh cannot be renamed: begin another, with storage and vaults of its own.");
        await bundles.ChangeAsync((newest, now) => TrustChanges.SetTimes(newest, settings.Poll, settings.MaxAge, now), cancellation);
        foreach (var service in services)
        {
            await bundles.ChangeAsync((newest, now) => TrustChanges.AddWorkload(newest, service, now), cancellation);
        }
    }

    /// <exception cref="ArgumentException">A name cannot be one.</exception>
    public static void RequireNames(MeshSettings settings, IEnumerable<string> services)
    {
        Require(WorkloadId.IsTrustDomain(settings.TrustDomain), $"\"{settings.TrustDomain}\" is not a trust domain. Write a name in lower case such as contoso.internal.");
        foreach (var service in services)
        {
            Require(service != RotationJournal.Authority, $"\"{service}\" is the name of the authority's own rotations; call the service something else.");
            Require(WorkloadId.IsService(service), $"\"{service}\" is not the name of a workload: lower-case letters, digits and hyphens, the first a letter.");
        }
    }

    private async Task<TrustBundle> BeginAsync(IReadOnlyCollection<string> services, CancellationToken cancellation)
    {
        var root = await maker.MakeAuthorityAsync(settings.TrustDomain, Rotation, cancellation);
        var first = new TrustBundle
        {
            TrustDomain = settings.TrustDomain,
            Sequence = 1,
            Issued = time.Now(),
            Poll = settings.Poll,
            MaxAge = settings.MaxAge,
            Roots = [root],
            Authority = root.Id,
            Workloads = [.. services.Select(service => new Workload { Service = service })],
        };
        if (await bundles.TryBeginAsync(first, cancellation))
        {
            Log.Began(logger, settings.TrustDomain, root.Id);
        }

        return await bundles.NewestAsync(cancellation);
    }

    private static void Require(bool isSo, string problem)
    {
        if (!isSo)
        {
            throw new ArgumentException(problem);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The mesh {TrustDomain} begins with authority {Authority}.")]
        public static partial void Began(ILogger logger, string trustDomain, string authority);
    }
}
