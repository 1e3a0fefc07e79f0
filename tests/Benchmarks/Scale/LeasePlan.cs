using Gateway.Limits.Ledger;

namespace Benchmarks.Scale;

/// <summary>Leases of one consumer's limit, as <c>LeaseOffer</c> makes them once demand is known. Times in seconds.</summary>
/// <param name="limit">Tokens in a window.</param>
/// <param name="window">The window.</param>
/// <param name="instances">Instances that share it.</param>
/// <param name="rate">Requests in a second at each of them.</param>
internal sealed class LeasePlan(double limit, double window, int instances, double rate)
{
    // Where LeaseOffer.Of has these numbers in its formulas.
    private const double FarFrom = 0.5;
    private const double MostOfFree = 0.25;

    // How far the lease that crosses the half goes beyond it: fitted to the simulator.
    private const double Beyond = 0.75;

    /// <summary>The window's slot.</summary>
    public double Slot { get; } = TimeSpan.FromTicks(Slots.Of(TimeSpan.FromSeconds(window), 0).SlotTicks).TotalSeconds;

    /// <summary>Slots in the window.</summary>
    public int SlotsOfWindow { get; } = Slots.Of(TimeSpan.FromSeconds(window), 0).Slots;

    /// <summary>True: at least as much is asked for as may be let in, so that what comes back is taken at once.</summary>
    public bool IsSaturated => instances * rate * (window + Slot) >= limit;

    /// <summary>Requests let in, in a second.</summary>
    public double Admitted => Math.Min(instances * rate, limit / (window + Slot));

    /// <summary>Renewals in a second, of all instances.</summary>
    public double Renewals => IsSaturated ? Saturated : (Far / IntervalFar) + ((instances - Far) / IntervalNear);

    /// <summary>Looks at the row in a second that find nothing, of all instances: each may look again when the next slot's tokens come back, a little apart from the others.</summary>
    public double LooksInVain => IsSaturated ? Math.Max((instances / ((Slot * (1 + (Apart / 2))) + (1 / rate))) - Saturated, 0) : 0;

    /// <summary>Instances with leases of minutes: as many as fit until half of the limit is out, and most of the one that crosses it. The others lease for one to two slots.</summary>
    public double Far
    {
        get
        {
            var (outFar, outNear) = (TokensFar + SettledFar, rate * (window + NearLife));
            var room = (limit * FarFrom) + (Beyond * TokensFar) - (instances * outNear);
            return outFar <= outNear ? (room >= 0 ? instances : 0) : Math.Clamp(room / (outFar - outNear), 0, instances);
        }
    }

    // The spread of a denial, in slots; its numbers stand in the formula of Denial.
    private double Apart => Math.Min((instances - 1) / 16.0, 0.8);

    private double Wishes => rate * CodeFigures.Headroom;

    // What is free while leases are still given for minutes: between half and what nobody uses.
    private double MostFar => Math.Max(1, (limit + Math.Max(limit, 2 * (limit - (instances * rate * window)))) / 4 * MostOfFree);

    private double LifeFar => Math.Max(Near, Math.Min(CodeFigures.LongestLease, MostFar / Wishes));

    private double TokensFar => Math.Max(1, Math.Ceiling(Math.Min(Wishes * LifeFar, MostFar)));

    // Spent in the leases before and still in the window.
    private double SettledFar => LifeFar < window ? rate * (window - (LifeFar / 2)) : rate * window * window / (2 * LifeFar);

    private double Near => Math.Clamp(Slot, CodeFigures.ShortestLease, CodeFigures.LongestNear);

    // To the end of the slot in which it would end.
    private double NearLife => Slot > Near ? Near : Near + (Slot / 2);

    private double IntervalFar => Interval(TokensFar, LifeFar);

    private double IntervalNear => Interval(Math.Max(1, Math.Ceiling(Wishes * Near)), NearLife);

    // Spent first, or over first and asked for again.
    private double Interval(double tokens, double life) => Math.Min(tokens / rate, life + (1 / rate));

    // What comes back with a slot is halved until there are two for each instance; then each is taken by itself.
    private double Saturated
    {
        get
        {
            var (comesBack, few) = (limit / SlotsOfWindow, instances == 1 ? 1.0 : 2.0 * instances);
            var perSlot = Math.Log2(Math.Max(comesBack / few, 1)) + Math.Min(comesBack, few);
            return Math.Min(perSlot / Slot, Admitted);
        }
    }
}
