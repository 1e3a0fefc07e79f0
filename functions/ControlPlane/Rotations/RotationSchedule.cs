using System.Security.Cryptography.X509Certificates;
using ControlPlane.Trust;
using Microsoft.Extensions.Logging;
using Records.Trust;

namespace ControlPlane.Rotations;

/// <summary>Begins rotations that are due, and takes up again those that died. What it decides by stands in storage: it can be ended and started at any time.</summary>
internal sealed partial class RotationSchedule(MeshBeginning beginning, LeafVaults vaults, BundlePublisher bundles, PeerUpkeep peers, Departures departures, RotationJournal journal, IRotationEngine engine, RotationOptions options, TimeProvider time, ILogger<RotationSchedule> logger)
{
    private readonly Dictionary<string, DateTimeOffset> _wentBack = new(StringComparer.Ordinal);
    private bool _hasBegun;
    private string? _said;

    /// <summary>One look.</summary>
    public async Task TickAsync(CancellationToken cancellation)
    {
        if (!_hasBegun)
        {
            await beginning.EnsureAsync(vaults.Services, cancellation);
            _hasBegun = true;
        }

        var running = await GoOnAsync(cancellation);
        var bundle = await bundles.NewestAsync(cancellation);
        if (vaults.Services.Any(service => bundle.Workload(service) is null))
        {
            // Taken out by a control plane that is told of less, or storage was set back.
            _hasBegun = false;
            return;
        }

        var now = time.GetUtcNow();
        await departures.RemoveAsync(bundle, running, now, cancellation);
        await peers.LookAsync(cancellation);
        foreach (var (certificate, reason, _) in Due(bundle, now).Where(due => !IsPausing(due.Certificate, due.IsUrgent, now)))
        {
            await engine.StartAsync(certificate, reason, cancellation);
        }
    }

    /// <summary>One look, of which a failure is said: once, however long it lasts, and again when it is another.</summary>
    public async Task TryTickAsync(CancellationToken cancellation)
    {
        try
        {
            await TickAsync(cancellation);
            _said = null;
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            var kind = failure is ArgumentException ? failure.Message : failure.GetType().Name;
            if (kind != _said)
            {
                Say(failure);
            }

            _said = kind;
        }
    }

    private async Task<HashSet<string>> GoOnAsync(CancellationToken cancellation)
    {
        var running = new HashSet<string>(StringComparer.Ordinal);
        foreach (var record in await journal.ListAsync(cancellation))
        {
            Notice(record);
            if (record.Finished is null)
            {
                running.Add(record.Certificate);
                engine.GoOn(record.Certificate);
            }
        }

        return running;
    }

    private void Say(Exception failure)
    {
        if (failure is ArgumentException)
        {
            Log.Wrong(logger, failure.Message);
        }
        else
        {
            Log.Away(logger, failure);
        }
    }

    private IEnumerable<(string Certificate, string Reason, bool IsUrgent)> Due(TrustBundle bundle, DateTimeOffset now)
    {
        foreach (var workload in bundle.Workloads.Where(workload => vaults.Has(workload.Service)))
        {
            if (workload.InUse is { } used && bundle.Refuses(used.Serial))
            {
                yield return (workload.Service, "revoked", true);
            }
            else if (workload.InUse is not { } valid || now >= valid.Issued + ((valid.Expires - valid.Issued) * ShareOf(workload.Service)))
            {
                yield return (workload.Service, "due", options.IsUrgent(workload.InUse, now));
            }
        }

        using var authority = X509CertificateLoader.LoadCertificate(bundle.Root(bundle.Authority)!.Certificate);
        var (from, until) = (authority.NotBefore.ToUniversalTime(), authority.NotAfter.ToUniversalTime());
        if (now >= from + ((until - from) * options.AuthorityShare))
        {
            yield return (RotationJournal.Authority, "due", false);
        }
    }

    // Half of its life, less up to a tenth that depends on the name: certificates of one birthday do not all rotate at once.
    private static double ShareOf(string service) => 0.5 - (0.1 * (service.Sum(letter => letter * 31) % 100) / 100);

    private void Notice(RotationRecord record)
    {
        if (record.Finished is { } finished && RotationJournal.OutcomeOf(record)?.End == RotationEnd.RolledBack && !(_wentBack.GetValueOrDefault(record.Certificate) >= finished))
        {
            _wentBack[record.Certificate] = finished;
        }
    }

    // What went back is not tried again at once, and soon where otherwise a service would be without anything that others take.
    private bool IsPausing(string certificate, bool isUrgent, DateTimeOffset now) =>
        _wentBack.TryGetValue(certificate, out var finished) && now < finished + (isUrgent ? options.LengthOfShortPause : options.LengthOfPause);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "It cannot be seen which certificates are due; it is tried again, and the mesh goes on with what it has.")]
        public static partial void Away(ILogger logger, Exception exception);

        [LoggerMessage(2, LogLevel.Critical, "No certificate is renewed: {Problem}")]
        public static partial void Wrong(ILogger logger, string problem);
    }
}
