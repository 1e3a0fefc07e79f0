using System.Security.Cryptography.X509Certificates;
using ControlPlane.Peers;
using ControlPlane.Trust;
using Microsoft.Extensions.Logging;
using Records.Trust;

namespace ControlPlane.Rotations;

/// <summary>Begins rotations that are due, and takes up again those that died. What it decides by stands in storage: it can be ended and started at any time.</summary>
internal sealed partial class RotationSchedule(MeshBeginning beginning, LeafVaults vaults, BundlePublisher bundles, PeerTable peers, RotationJournal journal, IRotationEngine engine, RotationOptions options, TimeProvider time, ILogger<RotationSchedule> logger)
{
    // Who has nothing that others take must not be without for longer than that.
    private static readonly TimeSpan ShortPause = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly Dictionary<string, DateTimeOffset> _wentBack = new(StringComparer.Ordinal);
    private DateTimeOffset _forgotAt = DateTimeOffset.MinValue;
    private bool _hasBegun;
    private bool _isAway;

    /// <summary>One look.</summary>
    public async Task TickAsync(CancellationToken cancellation)
    {
        if (!_hasBegun)
        {
            await beginning.EnsureAsync(vaults.Services, cancellation);
            _hasBegun = true;
        }

        foreach (var record in await journal.ListAsync(cancellation))
        {
            Notice(record);
            if (record.Finished is null)
            {
                engine.GoOn(record.Certificate);
            }
        }

        var bundle = await bundles.NewestAsync(cancellation);
        var now = time.GetUtcNow();
        await ForgetPeersAsync(bundle, cancellation);
        foreach (var (certificate, reason, _) in Due(bundle, now).Where(due => !IsPausing(due.Certificate, due.IsUrgent, now)))
        {
            await engine.StartAsync(certificate, reason, cancellation);
        }
    }

    /// <summary>One look, of which a failure is said: once, however long it lasts.</summary>
    public async Task TryTickAsync(CancellationToken cancellation)
    {
        try
        {
            await TickAsync(cancellation);
            _isAway = false;
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            if (!_isAway)
            {
                Say(failure);
            }

            _isAway = true;
        }
    }

    // Rarely: they only cost a look.
    private async Task ForgetPeersAsync(TrustBundle bundle, CancellationToken cancellation)
    {
        if (time.GetUtcNow() - _forgotAt >= Hour)
        {
            await peers.ForgetAsync(bundle.MaxAge + options.Skew + bundle.Poll + PeerRow.KeptFor, cancellation);
            _forgotAt = time.GetUtcNow();
        }
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
        foreach (var workload in bundle.Workloads.Where(workload => vaults.Services.Contains(workload.Service)))
        {
            if (workload.InUse is not { } used || used.Expires <= now)
            {
                yield return (workload.Service, "due", true);
            }
            else if (bundle.Refuses(used.Serial))
            {
                yield return (workload.Service, "revoked", true);
            }
            else if (now >= used.Issued + ((used.Expires - used.Issued) * ShareOf(workload.Service)))
            {
                yield return (workload.Service, "due", false);
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

    // What went back is not tried again at once.
    private bool IsPausing(string certificate, bool isUrgent, DateTimeOffset now) =>
        _wentBack.TryGetValue(certificate, out var finished) && now < finished + (isUrgent && ShortPause < options.LengthOfPause ? ShortPause : options.LengthOfPause);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "It cannot be seen which certificates are due; it is tried again, and the mesh goes on with what it has.")]
        public static partial void Away(ILogger logger, Exception exception);

        [LoggerMessage(2, LogLevel.Critical, "No certificate is renewed: {Problem}")]
        public static partial void Wrong(ILogger logger, string problem);
    }
}
