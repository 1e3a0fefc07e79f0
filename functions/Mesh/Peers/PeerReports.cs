using System.Security.Cryptography.X509Certificates;
using Mesh.Health;
using Mesh.Storage;
using Mesh.Trust;
using Microsoft.Extensions.Logging;
using Records.Trust;

namespace Mesh.Peers;

/// <summary>
/// Says which bundle this instance acts on.
/// 1. Before it reads its first bundle it announces itself: whoever publishes a bundle and then lists the peers either sees the row, or knows
///    that the one who is still to come reads the new bundle. So it does after a long silence, because the row may have been removed meanwhile.
/// 2. Then it reports, signed by its certificate, whatever changed, and at each look for a new bundle that it is still there.
/// 3. When it stops in good order its row goes.
/// </summary>
internal sealed partial class PeerReports
{
    private readonly IPeerStore _store;
    private readonly PeerInstance _instance;
    private readonly FollowedTrust _trust;
    private readonly TimeProvider _time;
    private readonly TimeProvider _clock;
    private readonly TableWatch _watch;
    private long? _writtenAt;

    /// <param name="store">Where it is said.</param>
    /// <param name="instance">Who says it.</param>
    /// <param name="trust">What is acted on, and signed with.</param>
    /// <param name="time">Tells dates.</param>
    /// <param name="clock">Measures silence; counts suspension.</param>
    public PeerReports(IPeerStore store, PeerInstance instance, FollowedTrust trust, TimeProvider time, TimeProvider clock, MeshStatus status, ILogger<PeerReports> logger)
    {
        (_store, _instance, _trust, _time, _clock) = (store, instance, trust, time, clock);
        _watch = new(PeerRow.Table, status, logger);
        Log.Instance(logger, instance.Service, instance.Id);
    }

    /// <summary>The row surely stands there still. Half of the time for which it is kept is left for how the clocks differ.</summary>
    public bool IsAnnounced => _writtenAt is { } at && _clock.GetElapsedTime(at) < PeerRow.KeptFor / 2;

    /// <summary>True: the row stands there. Unsigned, because there may be no certificate yet, and nothing is acted on.</summary>
    public Task<bool> AnnounceAsync(CancellationToken cancellation) => WriteAsync(Report(new(0, [], []), null), null, cancellation);

    public Task<bool> ReportAsync(PeerFacts facts, CancellationToken cancellation)
    {
        var signer = Signer();
        return WriteAsync(Report(facts, signer), signer, cancellation);
    }

    public async Task RemoveAsync(CancellationToken cancellation)
    {
        if (_writtenAt is not null)
        {
            Watch(await _store.RemoveAsync(new(_instance.Service, _instance.Id), cancellation));
        }
    }

    // Nobody believes what a refused certificate signed; its successor may be there already.
    private X509Certificate2? Signer()
    {
        var leaf = _trust.Leaf;
        return leaf is null || _trust.LastView?.Bundle.Refuses(leaf.SerialNumber) == true ? _trust.Candidate : leaf;
    }

    // What is not signed is worth only that the instance is there, so it says no more.
    private PeerReport Report(PeerFacts facts, X509Certificate2? signer) => new()
    {
        Service = _instance.Service,
        Instance = _instance.Id,
        Sequence = signer is null ? 0 : facts.ActsOn,
        At = _time.GetUtcNow(),
        Serial = _trust.Leaf?.SerialNumber,
        Serves = _instance.Serves,
        Calls = facts.Calls,
        Canaries = signer is null ? [] : facts.Canaries,
    };

    private async Task<bool> WriteAsync(PeerReport report, X509Certificate2? signer, CancellationToken cancellation)
    {
        var document = PeerReportFormat.Write(report);
        var row = new PeerRow
        {
            Service = report.Service,
            Instance = report.Instance,
            Document = document,
            Certificate = signer?.RawData,
            Signature = signer is null ? null : DocumentSignature.Sign(signer, PeerReportFormat.SignedBytes(document)),
        };
        var at = _clock.GetTimestamp();
        var isWritten = Watch(await _store.WriteAsync(row, cancellation));
        _writtenAt = isWritten ? at : _writtenAt;
        return isWritten;
    }

    private bool Watch(TableFailure? failure)
    {
        if (failure is null)
        {
            _watch.Answered();
            return true;
        }

        _watch.Failed(failure);
        return false;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "This process is instance {Instance} of {Service} in the mesh.")]
        public static partial void Instance(ILogger logger, string service, string instance);
    }
}
