using Microsoft.Extensions.Logging;

namespace Gateway.Authentication.Jwt;

/// <summary>
/// Live state: the document of one authority. Fetched when first asked for, again in the background when it is an hour old, and for an
/// unknown kid; the last good one is kept for a day while fetching fails. Never more than one fetch at a time. No timer: an instance
/// may be frozen between requests.
/// </summary>
internal sealed partial class IssuerKeys(string authority, bool isIssuerStated, IssuerClient client, TimeProvider time, IssuerReport report)
{
    /// <summary>Shortest time between two fetches when there is something to go on with.</summary>
    internal static readonly TimeSpan CoolDown = TimeSpan.FromSeconds(30);

    /// <summary>Shortest time between two fetches when there is nothing.</summary>
    internal static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    internal static readonly TimeSpan RefreshAfter = TimeSpan.FromHours(1);
    internal static readonly TimeSpan MostAge = TimeSpan.FromHours(24);

    private readonly Lock _lock = new();
    private Held? _held;
    private Task? _flight;
    private long _endedAt;
    private bool _hasEnded;
    private volatile bool _lastFailed;

    /// <summary>The document as it is known now, fetched if it is not; null: it cannot be had.</summary>
    public async ValueTask<IssuerDocument?> CurrentAsync(CancellationToken cancellation)
    {
        var held = Volatile.Read(ref _held);
        var age = held is null ? TimeSpan.MaxValue : time.GetElapsedTime(held.At);
        if (age >= MostAge)
        {
            await RefreshAsync(RetryAfter).WaitAsync(cancellation);
            held = Volatile.Read(ref _held);
            return held is not null && time.GetElapsedTime(held.At) < MostAge ? held.Document : null;
        }

        if (age >= RefreshAfter)
        {
            _ = RefreshAsync(CoolDown);
        }

        return held!.Document;
    }

    /// <summary>The document after a fetch for the sake of a kid that is not in it; null: that fetch failed, so nothing is known of the kid.</summary>
    public async ValueTask<IssuerDocument?> NewerAsync(CancellationToken cancellation)
    {
        await RefreshAsync(CoolDown).WaitAsync(cancellation);
        return _lastFailed ? null : Volatile.Read(ref _held)?.Document;
    }

    private Task RefreshAsync(TimeSpan coolDown)
    {
        lock (_lock)
        {
            return _flight is { IsCompleted: false } ? _flight
                : _hasEnded && time.GetElapsedTime(_endedAt) < coolDown ? Task.CompletedTask
                : _flight = Task.Run(FetchAsync); // not tied to the request that asked: others wait for it too
        }
    }

    private async Task FetchAsync()
    {
        var outcome = FetchOutcome.Unreachable;
        try
        {
            var fetch = await client.FetchAsync(authority, isIssuerStated);
            outcome = fetch.Outcome;
            if (fetch.Document is not null)
            {
                Volatile.Write(ref _held, new(fetch.Document, time.GetTimestamp()));
            }
        }
        finally
        {
            _lastFailed = outcome != FetchOutcome.Fetched;
            lock (_lock)
            {
                (_endedAt, _hasEnded) = (time.GetTimestamp(), true);
            }

            Report(outcome);
        }
    }

    private void Report(FetchOutcome outcome)
    {
        report.Metrics.Refreshed(report.Name, outcome);
        if (outcome != FetchOutcome.Fetched)
        {
            Log.NotFetched(report.Logger, report.Name, outcome);
        }
        else if (_held is { Document.Keys: { Count: var count, Dropped: var dropped } })
        {
            Log.Fetched(report.Logger, report.Name, count, dropped);
        }
    }

    private sealed record Held(IssuerDocument Document, long At);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Keys of issuer {Issuer} were not fetched: {Outcome}. The last good ones are kept for a day.")]
        public static partial void NotFetched(ILogger logger, string issuer, FetchOutcome outcome);

        [LoggerMessage(2, LogLevel.Information, "Keys of issuer {Issuer} were fetched: {Count} in use, {Dropped} not fit for verifying tokens.")]
        public static partial void Fetched(ILogger logger, string issuer, int count, int dropped);
    }
}

/// <summary>Where an issuer's state reports to, and under which name of the configuration.</summary>
internal sealed record IssuerReport(string Name, JwtMetrics Metrics, ILogger Logger);
