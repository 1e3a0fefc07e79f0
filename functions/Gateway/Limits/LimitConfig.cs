using Gateway.Configuration;

namespace Gateway.Limits;

/// <summary>A limit: "100 per 10s by consumer", or a mapping whose <c>rate</c> says the first half.</summary>
[TextForm(typeof(LimitForm), Key = "rate")]
public sealed record LimitConfig
{
    /// <summary>How many: requests in each window, or at once when <see cref="InFlight"/>.</summary>
    [NoKey]
    public required long Count { get; init; }

    /// <summary>The rolling window. Unset for calendar periods and in flight.</summary>
    [NoKey]
    public TimeSpan? Window { get; init; }

    /// <summary>The calendar period. Unset for rolling windows and in flight.</summary>
    [NoKey]
    public CalendarPeriod? Period { get; init; }

    /// <summary>True: counts the requests that are under way.</summary>
    [NoKey]
    public bool InFlight { get; init; }

    /// <summary>Requests that may come at once; makes the limit a token bucket. Unset: a rolling window.</summary>
    public long? Burst { get; init; }

    /// <summary>What is counted apart: consumer, address, route, claim x, header x. Empty: everything together.</summary>
    public IReadOnlyList<LimitKeyConfig> By { get; init; } = [];

    /// <summary>exact (default): over all instances. local: for each instance.</summary>
    public LimitMode Mode { get; init; } = LimitMode.Exact;

    /// <summary>What happens while storage is away. Default reject.</summary>
    public WhenUnavailable WhenUnavailable { get; init; } = WhenUnavailable.Reject;

    /// <summary>True: counted and reported, never refused. Default false.</summary>
    public bool Shadow { get; init; }

    /// <summary>Time zone of calendar periods. Default UTC.</summary>
    public string Zone { get; init; } = "UTC";
}

/// <summary>What a limit counts apart.</summary>
/// <param name="Kind">consumer, address, route, claim or header.</param>
/// <param name="Name">The claim's or header's name; null for the others.</param>
[TextForm(typeof(LimitKeyForm), IsOnly = true)]
public sealed record LimitKeyConfig(LimitKeyKind Kind, string? Name = null);

/// <summary>What a limit can count apart.</summary>
public enum LimitKeyKind
{
    Consumer,
    Address,
    Route,
    Claim,
    Header,
}

/// <summary>A period of the calendar.</summary>
public enum CalendarPeriod
{
    Day,
    Month,
}

/// <summary>Over what a limit counts.</summary>
public enum LimitMode
{
    /// <summary>Over all instances, exactly.</summary>
    Exact,

    /// <summary>In each instance by itself.</summary>
    Local,
}

/// <summary>What an exact limit does while storage is away.</summary>
public enum WhenUnavailable
{
    /// <summary>Spend what is held, then 503.</summary>
    Reject,

    /// <summary>Let requests in, at most so many in each instance.</summary>
    Admit,
}

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
