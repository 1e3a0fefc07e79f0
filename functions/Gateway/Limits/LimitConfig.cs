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
