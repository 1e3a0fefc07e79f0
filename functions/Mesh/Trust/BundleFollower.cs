using Mesh.Health;
using Mesh.Storage;
using Microsoft.Extensions.Logging;
using Records.Trust;

namespace Mesh.Trust;

/// <summary>
/// Walks the bundles in their order.
/// 1. The first read takes the newest.
/// 2. From then on the one that follows is asked for, and if it is good the one after that, until there is none: that confirms the last.
/// 3. A bundle that is not good ends the walk. The last good one goes on, unconfirmed, so that it ages.
/// </summary>
internal sealed partial class BundleFollower
{
    private readonly IBundleSource _source;
    private readonly BundleJudge _judge;
    private readonly TimeProvider _clock;
    private readonly TrustMetrics _metrics;
    private readonly MeshStatus _status;
    private readonly ILogger _logger;
    private readonly TableWatch _watch;
    private (long Sequence, BundleRefusal Refusal)? _refused;
    private bool _isMissed;

    /// <param name="source">Where bundles are kept.</param>
    /// <param name="judge">Who decides which are good.</param>
    /// <param name="clock">Counts suspension.</param>
    public BundleFollower(IBundleSource source, BundleJudge judge, TimeProvider clock, TrustMetrics metrics, MeshStatus status, ILogger<BundleFollower> logger)
    {
        (_source, _judge, _clock, _metrics, _status, _logger) = (source, judge, clock, metrics, status, logger);
        _watch = new(BundleRow.Table, status, logger);
    }

    /// <param name="view">What is acted on; null: nothing yet.</param>
    public async Task<Followed> FollowAsync(TrustView? view, CancellationToken cancellation)
    {
        long? confirmedAt = null;
        while (true)
        {
            // The age counts from here: a bundle may be published right after storage looked.
            var askedAt = _clock.GetTimestamp();
            var reading = view is null ? await _source.ReadNewestAsync(cancellation) : await _source.ReadAsync(view.Bundle.Sequence + 1, cancellation);
            if (Next(reading, view) is not { } next)
            {
                return new(view, IsEnd(reading, view) ? askedAt : confirmedAt);
            }

            // What was the newest once is so for the ones that follow it too.
            confirmedAt = view is null ? askedAt : confirmedAt;
            view = next;
        }
    }

    private static bool IsEnd(BundleReading reading, TrustView? view) => reading == BundleReading.None && view is not null;

    private TrustView? Next(BundleReading reading, TrustView? view)
    {
        if (reading.Failure is { } failure)
        {
            _watch.Failed(failure);
            return null;
        }

        _watch.Answered();
        if (reading.Fault is { } fault)
        {
            return Refuse(view, BundleRefusal.Damaged, fault.ToString());
        }

        return reading.Row is { } row ? Judge(row, view) : Nothing(view);
    }

    private TrustView? Judge(BundleRow row, TrustView? before)
    {
        var verdict = _judge.Judge(row, before?.Bundle);
        if (verdict.Refusal is { } refusal)
        {
            return Refuse(before, refusal, verdict.Detail!);
        }

        _refused = null;
        return verdict.View;
    }

    private TrustView? Nothing(TrustView? view)
    {
        _refused = null;
        if (view is null && !_isMissed)
        {
            _isMissed = true;
            Log.NoneYet(_logger);
            _status.Failed("There is no trust bundle yet.");
        }

        return null;
    }

    private TrustView? Refuse(TrustView? before, BundleRefusal refusal, string detail)
    {
        _metrics.BundleRefused(refusal);
        var sequence = before?.Bundle.Sequence ?? 0;
        if (_refused != (sequence, refusal))
        {
            _refused = (sequence, refusal);
            Log.Refused(_logger, sequence, refusal, detail);
            _status.Failed($"The trust bundle after {sequence} is refused: {detail}");
        }

        return null;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Critical, "The trust bundle after {Sequence} is not acted on ({Refusal}): {Detail} The last good one counts until its maximum age. Find out who wrote that row, and remove it.")]
        public static partial void Refused(ILogger logger, long sequence, BundleRefusal refusal, string detail);

        [LoggerMessage(2, LogLevel.Warning, "There is no trust bundle yet: no mesh call is taken or made until the control plane publishes one.")]
        public static partial void NoneYet(ILogger logger);
    }
}
