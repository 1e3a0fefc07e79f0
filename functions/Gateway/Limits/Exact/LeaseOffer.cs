using Gateway.Limits.Ledger;
using Records;

namespace Gateway.Limits.Exact;

/// <summary>What a renewal asks for.</summary>
/// <param name="Tokens">How many.</param>
/// <param name="Duration">For how long, in ticks.</param>
/// <param name="RenewBelow">With fewer tokens left the next renewal begins while these are spent. Negative: only when a request has to wait.</param>
internal readonly record struct LeaseOffer(long Tokens, long Duration, long RenewBelow)
{
    // Far from the limit nobody misses what is leased, so that a write serves minutes of traffic.
    private static readonly long _longest = TimeSpan.FromMinutes(10).Ticks;
    private static readonly long _longestNear = TimeSpan.FromMinutes(1).Ticks;

    // A lease must outlast the round trip that renews it.
    private static readonly long _shortest = TimeSpan.FromMilliseconds(60).Ticks;

    // What a bucket has leased it does not earn meanwhile.
    private static readonly long _longestOfBucket = TimeSpan.FromSeconds(1).Ticks;

    // A crash loses at most one part in so many of a limit for the minutes of a long lease.
    private const int LargestShare = 16;

    private const double Headroom = 1.2;
    private const long FirstTokens = 8;
    private const int RoundTripsAhead = 4;

    /// <summary>No token: what is held is settled.</summary>
    public static LeaseOffer Nothing { get; } = new(0, _shortest, -1);

    /// <param name="account">Who asks, what it is asked for, and how many requests wait for the answer.</param>
    /// <param name="row">What is known of the row.</param>
    /// <param name="available">What it could grant now.</param>
    public static LeaseOffer Of(LedgerAccount account, LedgerRow row, long available)
    {
        var (demand, others, waiting) = (account.Book.Demand, account.Book.Others, account.Waiting);
        var near = Math.Clamp(row.Shape.SlotTicks, _shortest, _longestNear);
        if (available <= 2 * (others + 1) && others > 0)
        {
            // Fewer tokens than instances: one that lies unused here is one that somebody waits for there.
            // It is spent at once, so that its label need not outlast the answer.
            return new(waiting, Math.Min(near, Math.Max(_shortest, (long)(RoundTripsAhead * demand.RoundTrip))), -1);
        }

        var isFar = available * 2 >= row.Limit && !account.Book.WasDeniedSince(row.Shape.StartOf(row.Base - (2 * row.Shape.Slots)));
        var most = Math.Max(1, isFar ? Math.Min(available / 4, row.Limit / LargestShare) : available / 2);
        var longest = account.Key.Kind switch
        {
            LedgerKind.Bucket => Math.Max(near, _longestOfBucket),
            // What a crashed process held comes back only after its label, and what another one does not use only after its lease.
            LedgerKind.InFlight => near,
            // What a key will want is known for no longer than it was watched.
            _ => isFar ? Math.Clamp(demand.Watched, near, _longest) : near,
        };
        var wishes = demand.PerTick * Headroom;
        var duration = wishes * longest > most ? Math.Max(near, (long)(most / wishes)) : longest;
        // What is kept by the keeper is renewed also where no more requests come: it asks for nothing then.
        var tokens = account.NeedsKeeper ? (long)(wishes * duration)
            : demand.IsKnown ? Math.Max((long)Math.Ceiling(wishes * duration), 1)
            : FirstTokens;
        var offered = Math.Max(Math.Min(tokens, most), waiting);
        if (offered > available / 4)
        {
            // Of the last tokens none shall lie here for minutes, whoever waits elsewhere.
            duration = Math.Min(duration, near);
        }

        return new(offered, duration, Math.Min((long)(demand.PerTick * RoundTripsAhead * demand.RoundTrip), offered / 2));
    }

    /// <summary>The instant, by the upper bound, from which the next renewal begins while this lease is spent.</summary>
    public long RenewFrom(LeaseTerms terms, LedgerDemand demand) => RenewBelow <= 0
        ? long.MaxValue
        : terms.End - Math.Min((long)(RoundTripsAhead * demand.RoundTrip), Duration / 2);
}
