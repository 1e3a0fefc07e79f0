using Records;

namespace Gateway.Limits.Ledger;

/// <summary>
/// One write of a row while the leases in it go on being spent. Made by <see cref="Prepare"/>; then exactly one of
/// <see cref="Succeed"/>, <see cref="Fail"/> and <see cref="Abandon"/>.
/// </summary>
internal sealed class Renewal(LedgerRow row, ulong commitId, IReadOnlyList<Settlement> settlements, Lease? lease)
{
    private int _finished;

    /// <summary>The row to write, under the ETag of the row it was prepared from. Never retried by itself.</summary>
    public LedgerRow Row { get; } = row;

    /// <summary>What was withdrawn for the write; leases with nothing to settle are not in it.</summary>
    public IReadOnlyList<Settlement> Settlements { get; } = settlements;

    /// <summary>What the write grants, not to be spent before it succeeded. Null: nothing.</summary>
    public Lease? Granted { get; } = lease;

    /// <summary>False: nothing would change, so nothing need be written.</summary>
    public bool IsWorthWriting => Granted is not null || Settlements.Count > 0;

    /// <summary>
    /// Withdraws what can be settled into this row and computes the commit. After a fault all is where it was, and nothing may be written.
    /// </summary>
    public static RenewalDraft Prepare(LedgerRow row, TimeBounds now, IReadOnlyList<KeptLease> leases, LedgerRequest request)
    {
        var settlements = new List<Settlement>(leases.Count);
        var moved = 0L;
        foreach (var (lease, keep, inUse) in leases)
        {
            if (SlotLedger.CanSettle(row, lease) && lease.Withdraw(keep) with { Moved = inUse } is { IsEmpty: false } settlement)
            {
                settlements.Add(settlement);
                moved += inUse;
            }
        }

        var commit = SlotLedger.Commit(row, now, settlements, request);
        if (commit.Fault != LedgerFault.None)
        {
            settlements.ForEach(settlement => settlement.Lease.Restore(settlement));
            return new(null, commit.Fault);
        }

        var granted = commit.Granted > 0 || moved > 0 ? new Lease(commit.Terms!, commit.Granted) : null;
        return new(new(commit.Row!, request.CommitId, settlements, granted), LedgerFault.None);
    }

    /// <summary>The write was made: the new lease may be spent, behind the old ones.</summary>
    public Lease? Succeed()
    {
        Finish();
        return Granted;
    }

    /// <summary>The write was surely not made: a 412 to its only attempt, or so resolved.</summary>
    public void Fail()
    {
        Finish();
        foreach (var settlement in Settlements)
        {
            settlement.Lease.Restore(settlement);
        }
    }

    /// <summary>Nobody knows: what was released and granted is lost, and every lease in the write is sealed.</summary>
    public void Abandon()
    {
        Finish();
        foreach (var settlement in Settlements)
        {
            settlement.Lease.Seal();
        }
    }

    /// <summary>What a read after a missing answer tells about the write.</summary>
    /// <param name="read">The row as it is now. Null: it is gone or damaged.</param>
    /// <param name="sameETag">True: the ETag is still the one that the write names.</param>
    public RenewalOutcome Resolve(LedgerRow? read, bool sameETag)
    {
        if (sameETag)
        {
            return RenewalOutcome.Unchanged;
        }

        if (read is null || read.Epoch != Row.Epoch)
        {
            return RenewalOutcome.Ambiguous;
        }

        var since = read.Commits - (Row.Commits - 1);
        return read.RecentCommits.TakeLast((int)Math.Clamp(since, 0, LedgerRow.RememberedCommits)).Contains(commitId) ? RenewalOutcome.Succeeded
            : since is > 0 and <= LedgerRow.RememberedCommits ? RenewalOutcome.Failed
            : RenewalOutcome.Ambiguous;
    }

    // Settling happens at most once per token.
    private void Finish()
    {
        if (Interlocked.Exchange(ref _finished, 1) != 0)
        {
            throw new InvalidOperationException("A renewal ends once.");
        }
    }
}
