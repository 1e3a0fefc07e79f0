using Azure.Core;
using Microsoft.Extensions.Logging;

namespace Gateway.Upstreams;

/// <summary>
/// Live state: the token of the gateway's own identity for one scope. Asked for when a call first needs it, and again in the background before it ends,
/// never more than once at a time. No timer: an instance may be frozen between requests.
/// </summary>
internal sealed partial class OwnToken(string scope, TokenCredential identity, TimeProvider time, TokenReport report)
{
    /// <summary>The longest that a call waits for a token.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The longest that a token is asked for: a platform that starts may take longer than any call waits.</summary>
    internal static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    /// <summary>A flood of requests must not become one of questions to an identity endpoint that is away.</summary>
    internal static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly TokenRequestContext _context = new([scope]);
    private HeldToken? _held;
    private Task<HeldToken?>? _asking;
    private long _failedAt;
    private bool _failed;

    /// <summary>The value of Authorization.</summary>
    /// <exception cref="NoTokenException">There is none.</exception>
    public ValueTask<string> GetAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (Volatile.Read(ref _held) is { } fresh && now < fresh.RefreshAt)
        {
            return new(fresh.Field);
        }

        Task<HeldToken?> asking;
        lock (_gate)
        {
            if (_asking is null && !(_failed && time.GetElapsedTime(_failedAt) < RetryAfter))
            {
                // Not tied to the request that asked: others wait for it too.
                _asking = Task.Run(AskAsync, CancellationToken.None);
            }

            if (_held is { } held && now < held.EndsAt)
            {
                return new(held.Field);
            }

            asking = _asking ?? throw new NoTokenException(scope);
        }

        return WaitAsync(asking, cancellation);
    }

    private async ValueTask<string> WaitAsync(Task<HeldToken?> asking, CancellationToken cancellation)
    {
        try
        {
            return (await asking.WaitAsync(Patience, time, cancellation))?.Field ?? throw new NoTokenException(scope);
        }
        catch (TimeoutException)
        {
            throw new NoTokenException(scope);
        }
    }

    private async Task<HeldToken?> AskAsync()
    {
        HeldToken? got = null;
        Exception? failure = null;
        using var bound = new CancellationTokenSource(Bound, time);
        try
        {
            var token = await identity.GetTokenAsync(_context, bound.Token).AsTask().WaitAsync(Bound, time);
            got = HeldToken.Of(token, time.GetUtcNow());
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            failure = fault;
        }

        bool wasFailed;
        lock (_gate)
        {
            wasFailed = _failed;
            Volatile.Write(ref _held, got ?? _held);
            (_failed, _failedAt, _asking) = (got is null, time.GetTimestamp(), null);
        }

        Report(got, failure, wasFailed);
        return got;
    }

    private void Report(HeldToken? got, Exception? failure, bool wasFailed)
    {
        report.Metrics.AskedForToken(scope, got is not null);
        if (got is null && !wasFailed)
        {
            Log.Lacks(report.Logger, failure, scope);
        }
        else if (got is not null && wasFailed)
        {
            Log.Back(report.Logger, scope);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The gateway's identity gets no token for {Scope}. Services that want it are not called without one; the last token is used for as long as it is valid.")]
        public static partial void Lacks(ILogger logger, Exception? failure, string scope);

        [LoggerMessage(2, LogLevel.Information, "The gateway's identity gets tokens for {Scope} again.")]
        public static partial void Back(ILogger logger, string scope);
    }
}
