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

    private const double Headroom = 1.2;
    private const long FirstTokens = 8;
    private const int RoundTripsAhead = 4;

    /// <param name="row">What is known of the row.</param>
    /// <param name="available">What it could grant now.</param>
    /// <param name="demand">What this instance is asked for.</param>
    /// <param name="waiting">Requests that wait for the answer.</param>
    /// <param name="others">Other instances that renew from the same row.</param>
    public static LeaseOffer Of(LedgerRow row, long available, LedgerDemand demand, long waiting, double others)
    {
        var near = Math.Clamp(row.Shape.SlotTicks, _shortest, _longestNear);
        if (available <= 2 * (others + 1) && others > 0)
        {
            // Fewer tokens than instances: one that lies unused here is one that somebody waits for there.
            return new(waiting, near, -1);
        }

        var isFar = available * 2 >= row.Limit;
        var most = Math.Max(1, available / (isFar ? 4 : 2));
        var longest = row.Earns > 0 ? Math.Max(near, _longestOfBucket) : isFar ? _longest : near;
        var wishes = demand.PerTick * Headroom;
        var duration = wishes * longest > most ? Math.Max(near, (long)(most / wishes)) : longest;
        var tokens = demand.IsKnown ? Math.Max((long)Math.Ceiling(wishes * duration), 1) : FirstTokens;
        var offered = Math.Max(Math.Min(tokens, most), waiting);
        return new(offered, duration, Math.Min((long)(demand.PerTick * RoundTripsAhead * demand.RoundTrip), offered / 2));
    }

    /// <summary>The instant, by the upper bound, from which the next renewal begins while this lease is spent.</summary>
    public long RenewFrom(LeaseTerms terms, LedgerDemand demand) => RenewBelow <= 0
        ? long.MaxValue
        : terms.End - Math.Min((long)(RoundTripsAhead * demand.RoundTrip), Duration / 2);
}
