using Gateway.Limits.Ledger;
using Records;

namespace Gateway.Limits.Exact;

/// <summary>What the renewals of one account remember from one to the next.</summary>
internal sealed class LedgerBook
{
    private byte[]? _row;

    /// <summary>Leases that have ended and are not settled yet.</summary>
    public List<Lease> Ended { get; } = [];

    public LedgerDemand Demand { get; } = new();

    /// <summary>The shard that this process takes from, and how many there were when it looked.</summary>
    public int Shard { get; set; }

    public int Shards { get; set; } = 1;

    /// <summary>The shard that this process will take from once all is settled in this one; null: it stays.</summary>
    public int? NextShard { get; set; }

    /// <summary>Writes that a renewal loses to others before one is made: a moving average.</summary>
    public double Lost { get; private set; }

    /// <summary>The ETag of the row as this process wrote or read it last; null: none is known.</summary>
    public string? ETag { get; private set; }

    /// <summary>Other instances that renew from the same row: a moving average of the commits between two of ours.</summary>
    public double Others { get; set; }

    /// <summary>The row's commits after our last.</summary>
    public long OwnCommits { get; set; } = -1;

    /// <summary>A write that got no answer yet.</summary>
    public PendingWrite? Pending { get; set; }

    /// <summary>Storage's time, in ticks, when there was no token last.</summary>
    public long DeniedAt { get; set; } = long.MinValue;

    /// <summary>Storage's time, in ticks, before which tokens are not fetched from other shards again.</summary>
    public long NoFetchBefore { get; set; } = long.MinValue;

    /// <summary>How often none were found there.</summary>
    public int FetchesInVain { get; set; }

    /// <summary>The row as it was; null: it has to be read. Kept as bytes, as there may be very many.</summary>
    public LedgerRow? Row => _row is null ? null : LedgerRowFormat.Read(_row).Row;

    /// <summary>True: more is asked for than there is, though much may be free at this moment: all that came at once comes back at once.</summary>
    public bool WasDeniedSince(long instant) => DeniedAt >= instant;

    public void Remember(LedgerRow row, string etag) => (_row, ETag) = (LedgerRowFormat.Write(row), etag);

    public void Forget() => (_row, ETag) = (null, null);

    /// <summary>A renewal is over that lost so many writes.</summary>
    public void Count(int lost) => Lost += 0.125 * (lost - Lost);

    /// <summary>There are other rows now: what was lost says nothing about them.</summary>
    public void ForgetLost() => Lost = 0;

    /// <summary>A row was written by us after others had written it so many times.</summary>
    public void Met(long commits)
    {
        if (OwnCommits >= 0)
        {
            Others += 0.25 * (Math.Max(commits - OwnCommits, 0) - Others);
        }
    }
}
