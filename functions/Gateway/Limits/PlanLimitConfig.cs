using Gateway.Configuration;

namespace Gateway.Limits;

/// <summary>A plan's own number for a limit: "1000 per 10s" or "unlimited".</summary>
[TextForm(typeof(PlanLimitForm), IsOnly = true)]
public sealed record PlanLimitConfig
{
    /// <summary>True: the limit does not count for this plan.</summary>
    public bool Unlimited { get; init; }

    /// <summary>The plan's number in place of the limit's.</summary>
    public long Count { get; init; }

    /// <summary>The window as written; must be the limit's own.</summary>
    public TimeSpan? Window { get; init; }

    /// <summary>The calendar period as written; must be the limit's own.</summary>
    public CalendarPeriod? Period { get; init; }

    /// <summary>True when written "n in flight"; must be the limit's own kind.</summary>
    public bool InFlight { get; init; }

    /// <summary>The plan's burst. Unset: the limit's own.</summary>
    public long? Burst { get; init; }
}
