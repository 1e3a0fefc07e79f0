using System.Globalization;
using Records;

namespace Gateway.Limits;

/// <summary>A limit's numbers, compiled: the limit's own, or what a plan makes of them.</summary>
internal sealed record LimitQuota
{
    public required long Count { get; init; }

    /// <summary>The rolling window; zero for calendar periods and in flight.</summary>
    public TimeSpan Window { get; init; }

    /// <summary>Size of the token bucket; null: not a bucket.</summary>
    public long? Burst { get; init; }

    /// <summary>The calendar period and its zone; null: none.</summary>
    public CalendarLimit? Calendar { get; init; }

    public bool InFlight { get; init; }

    /// <summary>Counted over all instances; else in this process.</summary>
    public bool IsExact { get; init; }

    /// <summary>While storage is away this process counts by itself; else nothing is admitted then.</summary>
    public bool AdmitsWhenAway { get; init; }

    /// <summary>Of the settings that it comes from: where rows differ, the newest wins.</summary>
    public long Revision { get; init; }

    public LedgerKind Kind => InFlight ? LedgerKind.InFlight
        : Calendar is { } calendar ? calendar.Period is CalendarPeriod.Day ? LedgerKind.Day : LedgerKind.Month
        : Burst is not null ? LedgerKind.Bucket
        : LedgerKind.Rolling;

    /// <summary>What must stay the same for counters to be carried over a reload or from one plan to another. The numbers may change.</summary>
    public string Shape => _shape ??= InFlight ? "in flight"
        : Calendar is not null ? $"per {Calendar.Period} {Calendar.Zone.Id}"
        : string.Create(CultureInfo.InvariantCulture, $"{(Burst is null ? "rolling" : "bucket")} {Window.Ticks}");

    private string? _shape;

    public static LimitQuota Of(LimitConfig config, long revision = 0) => new()
    {
        Count = config.Count,
        Window = config.Window ?? TimeSpan.Zero,
        Burst = config.Burst,
        Calendar = config.Period is { } period ? new(period, TimeZoneInfo.FindSystemTimeZoneById(config.Zone)) : null,
        InFlight = config.InFlight,
        IsExact = config.Mode is LimitMode.Exact,
        AdmitsWhenAway = config.WhenUnavailable is WhenUnavailable.Admit,
        Revision = revision,
    };

    /// <summary>The quota under a plan; null: unlimited.</summary>
    public LimitQuota? Under(PlanLimitConfig plan) =>
        plan.Unlimited ? null : this with { Count = plan.Count, Burst = plan.Burst ?? Burst, _shape = null };

    public LimitCounter CreateCounter() =>
        InFlight ? new InFlightCounter()
        : Calendar is not null ? new CalendarCounter()
        : Burst is not null ? new BucketCounter()
        : new RollingCounter();
}
