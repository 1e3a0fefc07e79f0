using Gateway.Configuration;
using Microsoft.Extensions.Hosting;

namespace Gateway.Secrets;

/// <summary>Keeps the secrets that are wanted up to date, in the background: none of it stands in the way of a start or of a request.</summary>
internal sealed class SecretReader(SecretShelf shelf, SecretReading reading, SecretPace pace, SnapshotSource snapshots, TimeProvider time) : BackgroundService
{
    // A few at once: many secrets are soon read, and a vault is not flooded.
    private const int AtOnce = 4;

    // When there is nothing to read. What is asked for anew ends the waiting.
    private static readonly TimeSpan Idle = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (shelf.Vault is not null)
            {
                await WaitAsync(await ReadDueAsync(stoppingToken), stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the host is shutting down
        }
    }

    /// <summary>Reads what is due; how long until something is again.</summary>
    internal async Task<TimeSpan> ReadDueAsync(CancellationToken stop)
    {
        var wanted = shelf.Wanted(snapshots.Current?.Secrets);
        var due = wanted.Where(secret => WaitOf(secret) <= TimeSpan.Zero);
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop }, async (secret, cancellation) =>
        {
            await reading.ReadAsync(secret, cancellation);
            secret.DueAt = time.GetTimestamp() + (long)(pace.After(secret.Failures).TotalSeconds * time.TimestampFrequency);
        });
        return wanted.Select(WaitOf).Append(Idle).Min();
    }

    private TimeSpan WaitOf(Secret secret) => secret.DueAt is { } due ? time.GetElapsedTime(time.GetTimestamp(), due) : TimeSpan.Zero;

    private async Task WaitAsync(TimeSpan wait, CancellationToken stop)
    {
        using var due = new CancellationTokenSource(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(due.Token, stop);
        try
        {
            await shelf.Asked.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // it is time
        }
    }
}
