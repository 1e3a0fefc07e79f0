using ControlPlane.Trust;
using Microsoft.Extensions.Logging;
using Records.Trust;

namespace ControlPlane.Rotations;

/// <summary>Takes services out of the bundle that the control plane is not told of any more, once nobody may present what they had.</summary>
internal sealed partial class Departures(LeafVaults vaults, BundlePublisher bundles, RotationOptions options, ILogger<Departures> logger)
{
    /// <param name="bundle">The newest.</param>
    /// <param name="rotating">Services with a rotation under way, which may be another control plane's that is told of them: they are left alone.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task RemoveAsync(TrustBundle bundle, IReadOnlySet<string> rotating, DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var service in bundle.Workloads.Where(HadCertificates).Select(workload => workload.Service).Where(service => !vaults.Has(service) && !rotating.Contains(service)))
        {
            // Clocks that are behind take a certificate for longer than ours.
            if (TrustChanges.RemoveWorkload(bundle, service, now - options.Skew).Refusal is null)
            {
                await bundles.ChangeAsync((newest, at) => TrustChanges.RemoveWorkload(newest, service, at), cancellation);
                Log.Removed(logger, service);
            }
        }
    }

    // Who has had nothing yet may have been added just now, by a control plane that was told of more than this one.
    private static bool HadCertificates(Workload workload) => workload.InUse is not null || workload.Candidate is not null;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Service {Service} is out of the mesh: this control plane is not told of it, and what it had has expired or is revoked.")]
        public static partial void Removed(ILogger logger, string service);
    }
}
