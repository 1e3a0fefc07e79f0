using Gateway.Limits;
using Gateway.Limits.Ledger;

namespace Gateway.Tests.Limits.Simulation;

/// <summary>Draws limits of all kinds and sizes.</summary>
internal sealed class LimitDraw(Random random)
{
    private static readonly string[] _zones = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"];

    public LimitQuota Any() => AnyKind() with { IsExact = true };

    private LimitQuota AnyKind() => random.Next(20) switch
    {
        < 10 => Quotas.Rolling(Count(), Window()),
        < 14 => Bucket(),
        < 17 => Quotas.InFlight(Count()),
        _ => Quotas.Calendar(Count(), CalendarPeriod.Day, _zones[random.Next(_zones.Length)]),
    };

    private LimitQuota Bucket()
    {
        var (count, window) = (Count(), Window());
        return Quotas.Bucket(count, window, Slots.Earned(count, window) + 1 + random.NextInt64(count + 1));
    }

    // As many small ones as large ones.
    private long Count() => (long)Math.Exp(random.NextDouble() * Math.Log(400));

    private TimeSpan Window() => random.Next(12) switch
    {
        < 4 => TimeSpan.FromSeconds(1),
        < 7 => TimeSpan.FromMilliseconds(random.Next(1_000, 10_000)),
        7 => TimeSpan.FromSeconds(10),
        8 => TimeSpan.FromSeconds(60),
        9 => TimeSpan.FromMilliseconds(random.Next(60_000, 3_600_000)),
        10 => TimeSpan.FromDays(1),
        _ => TimeSpan.FromHours(random.Next(25, 700)),
    };
}
