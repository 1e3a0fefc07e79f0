using Microsoft.Extensions.Logging;

namespace Gateway.Storage;

/// <summary>
/// Remembers that storage is away, so that requests do not each wait for the whole time-out: then one read a second finds out whether
/// it is back. Says once that it is lost, and once that it is back.
/// </summary>
internal sealed partial class StorageHealth(TimeProvider time, StorageMetrics metrics, ILogger<StorageHealth> logger)
{
    // One refusal may be one mishap among thousands; two with no answer in between are an outage.
    // A read that waited for its whole time-out is one by itself: the next must not wait as long to say the same.
    private const int FailuresUntilAway = 2;

    /// <summary>How long nothing is asked after a failure.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private int _failures;
    private long _askedAt;

    public bool IsAway => Volatile.Read(ref _failures) >= FailuresUntilAway;

    /// <summary>False: storage is away and was asked a moment ago. True while away: the caller is the one that finds out.</summary>
    public bool MayAsk()
    {
        if (!IsAway)
        {
            return true;
        }

        lock (_lock)
        {
            if (time.GetElapsedTime(_askedAt) < Pause)
            {
                return false;
            }

            _askedAt = time.GetTimestamp();
            return true;
        }
    }

    public void Answered(string table)
    {
        metrics.Read(table, StorageOutcome.Answered);
        if (Volatile.Read(ref _failures) == 0)
        {
            return;
        }

        lock (_lock)
        {
            if (IsAway)
            {
                Log.Back(logger);
            }

            _failures = 0;
        }
    }

    public void Failed(string table, Exception failure)
    {
        metrics.Read(table, StorageOutcome.Failed);
        lock (_lock)
        {
            var wasAway = IsAway;
            _askedAt = time.GetTimestamp();
            _failures = Math.Min(_failures + (IsTimeout(failure) ? FailuresUntilAway : 1), FailuresUntilAway);
            if (IsAway && !wasAway)
            {
                Log.Lost(logger, failure, table);
            }
        }
    }

    // The client's own time-out is a cancellation that nobody asked for; after retries it comes among others.
    private static bool IsTimeout(Exception failure) => failure is OperationCanceledException or TimeoutException
        || (failure is AggregateException several && several.InnerExceptions.Any(IsTimeout));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Storage is lost (table {Table}): cached keys go on for as long as keys.staleFor says, limits spend what they hold and then do what whenUnavailable says.")]
        public static partial void Lost(ILogger logger, Exception exception, string table);

        [LoggerMessage(2, LogLevel.Information, "Storage is back.")]
        public static partial void Back(ILogger logger);
    }
}
