using ControlPlane.Peers;
using Microsoft.Extensions.Logging;
using Records.Trust;

namespace ControlPlane.Rotations;

/// <summary>What is seen to of the instances at each look: rows of those that are gone, and whether storage was set back under those that run.</summary>
internal sealed partial class PeerUpkeep(PeerTable table, PeerBoard board, RotationOptions options, TimeProvider time, ILogger<PeerUpkeep> logger)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private DateTimeOffset _forgotAt = DateTimeOffset.MinValue;
    private string _ahead = "";

    public async Task LookAsync(CancellationToken cancellation)
    {
        var (at, newest, peers) = await board.LookAsync(cancellation);
        var silence = options.SilenceOf(newest);
        var ahead = string.Join(", ", peers.Where(peer => peer.IsAhead && at - peer.Stored.Heartbeat <= silence).Select(peer => peer.Name));
        if (ahead.Length > 0 && ahead != _ahead)
        {
            Log.SetBack(logger, newest.Sequence, ahead);
        }

        _ahead = ahead;
        await ForgetAsync(silence + PeerRow.KeptFor, cancellation);
    }

    // Rarely: they only cost a look.
    private async Task ForgetAsync(TimeSpan silence, CancellationToken cancellation)
    {
        if (time.GetUtcNow() - _forgotAt >= Hour)
        {
            await table.ForgetAsync(silence, cancellation);
            _forgotAt = time.GetUtcNow();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Critical, "Storage was set back: its newest trust bundle is {Sequence}, and these instances act on later ones, which are not there: {Instances}. They follow no bundle and acknowledge none. Restart every member of the mesh, before as many bundles are published again.")]
        public static partial void SetBack(ILogger logger, long sequence, string instances);
    }
}
