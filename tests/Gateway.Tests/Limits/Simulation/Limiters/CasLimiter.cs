using Gateway.Limits;
using Gateway.Limits.Ledger;
using Records;

namespace Gateway.Tests.Limits.Simulation.Limiters;

/// <summary>The simplest limiter that keeps the promise of a rolling window: a lease of one token for each request, and no memory at all.</summary>
/// <param name="recyclesByUpperBound">True: it takes the ledger's time for later than it may be, and so breaks the promise.</param>
internal sealed class CasLimiter(ILedgerStore store, TimeProvider time, Random random, bool recyclesByUpperBound = false) : ILimiter
{
    private const int MostAttempts = 5;
    private static readonly long _spread = TimeSpan.FromMilliseconds(5).Ticks;
    private static readonly LimitReading _refused = new(false, 0, TimeSpan.FromSeconds(1));

    public async ValueTask<LimitVerdict> TryTakeAsync(IReadOnlyList<LimitCharge> charges, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var sentAt = time.GetTimestamp();
            var stamp = await store.StampAsync();
            var receivedAt = time.GetTimestamp();
            if (stamp.Time is not { } written)
            {
                break;
            }

            TimeBounds Bounds(long at) => new(
                written + ((at - receivedAt) * 4_999 / 5_000) - _spread,
                written + TimeSpan.TicksPerMillisecond + ((at - sentAt) * 5_001 / 5_000) + _spread);
            var (outcome, lease) = await LeaseAsync(charges[0], Bounds(time.GetTimestamp()));
            var admittedAt = time.GetTimestamp();
            if (lease is not null && lease.Covers(Bounds(admittedAt).Upper))
            {
                return new(true, [new(true, 0, null)]) { AdmittedAt = admittedAt };
            }

            if (outcome != LedgerWrite.Conflict)
            {
                break;
            }
        }

        return new(false, [_refused]);
    }

    private async Task<(LedgerWrite Outcome, Lease? Lease)> LeaseAsync(LimitCharge charge, TimeBounds now)
    {
        var address = LedgerAddress.Of(charge.Limit, LedgerKind.Rolling, charge.Key);
        var read = await store.ReadAsync(address);
        if (!read.IsAnswered)
        {
            return (LedgerWrite.NotSent, null);
        }

        var row = read.Row ?? SlotLedger.Create(7, 1, Slots.Of(charge.Quota.Window, 0), charge.Quota.Count, now);
        var bounds = recyclesByUpperBound ? now with { Lower = now.Upper } : now;
        var commit = SlotLedger.Commit(row, bounds, [], new(1, 2, (ulong)random.NextInt64()));
        if (commit.Granted == 0)
        {
            return (LedgerWrite.NotSent, null);
        }

        var outcome = (await store.WriteAsync(address, commit.Row!, read.ETag)).Outcome;
        return (outcome, outcome == LedgerWrite.Written ? new(commit.Terms!, 1) : null);
    }
}
