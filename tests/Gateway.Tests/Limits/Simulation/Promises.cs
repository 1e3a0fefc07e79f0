using Gateway.Limits;

namespace Gateway.Tests.Limits.Simulation;

/// <summary>What each kind of limit promises, checked over all intervals there are. Instants ascend; null: the promise was kept.</summary>
internal static class Promises
{
    // Clocks are read in whole ticks, so an instant may be two of them off.
    private const long Grain = 2;

    /// <summary>No half-open interval of a window's length holds more than the limit.</summary>
    public static string? Rolling(List<long> instants, long limit, long window)
    {
        for (int first = 0, last = (int)Math.Min(limit, int.MaxValue); last < instants.Count; first++, last++)
        {
            if (instants[last] - instants[first] < window - Grain)
            {
                return $"{limit + 1} admissions within {Ms(instants[last] - instants[first])} from {At(instants[first])}: the promise is {limit} per {Ms(window)}";
            }
        }

        return null;
    }

    /// <summary>At most B + L·t/W in any interval of length t.</summary>
    public static string? Bucket(List<long> instants, long limit, long window, long burst) => Bucket(instants, window, burst, limit, long.MaxValue, limit);

    /// <summary>The same where L becomes another at an instant: in any interval at most B and what each rate earns in its part of it.</summary>
    public static string? Bucket(List<long> instants, long window, long burst, long before, long changesAt, long after)
    {
        // With w = number·W − earned·W the promise of an interval is w(last) − w(first) ≤ (B − 1)·W.
        var (least, first) = (Int128.MaxValue, 0);
        for (var last = 0; last < instants.Count; last++)
        {
            var (start, now) = (instants[0], instants[last]);
            var turn = Math.Clamp(changesAt, start, now);
            var weight = ((Int128)last * window) - ((Int128)before * (turn - start)) - ((Int128)after * (now - turn));
            if (weight < least)
            {
                (least, first) = (weight, last);
            }
            else if (weight - least > ((Int128)(burst - 1) * window) + (Grain * Math.Max(before, after)))
            {
                return $"{last - first + 1} admissions within {Ms(now - instants[first])} from {At(instants[first])}: the promise is {burst} and {before} per {Ms(window)}{(before == after ? "" : $", {after} from {At(changesAt)}")}";
            }
        }

        return null;
    }

    /// <summary>At most the limit in each period.</summary>
    public static string? Calendar(List<long> instants, long limit, CalendarLimit calendar)
    {
        for (var at = 0; at < instants.Count;)
        {
            var (first, end) = (at, calendar.Around(instants[at]).End);
            for (; at < instants.Count && instants[at] < end; at++)
            {
                if (at - first >= limit)
                {
                    return $"{limit + 1} admissions before {At(end)}: the promise is {limit} per {calendar.Period} in {calendar.Zone.Id}";
                }
            }
        }

        return null;
    }

    /// <summary>Never more than the limit at the same time.</summary>
    public static string? InFlight(List<Stay> stays, long limit)
    {
        var changes = new List<(long At, int Change)>(stays.Count * 2);
        foreach (var stay in stays)
        {
            changes.Add((stay.From, 1));
            changes.Add((stay.To - Grain, -1));
        }

        // At the same instant those who leave come first.
        changes.Sort();
        var present = 0L;
        foreach (var (at, change) in changes)
        {
            if ((present += change) > limit)
            {
                return $"{present} in flight at {At(at)}: the promise is {limit}";
            }
        }

        return null;
    }

    private static string Ms(long ticks) => FormattableString.Invariant($"{(double)ticks / TimeSpan.TicksPerMillisecond:0.####} ms");

    private static string At(long instant) => new DateTime(instant).ToString("O", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A request in flight.</summary>
internal readonly record struct Stay(long From, long To);
