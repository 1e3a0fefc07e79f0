using Gateway.Limits;

namespace Gateway.Tests.Limits;

/// <summary>Limits as tests want them.</summary>
internal static class Quotas
{
    public static LimitQuota Rolling(long count, TimeSpan window) => new() { Count = count, Window = window };

    public static LimitQuota Bucket(long count, TimeSpan window, long burst) => new() { Count = count, Window = window, Burst = burst };

    public static LimitQuota InFlight(long count) => new() { Count = count, InFlight = true };

    public static LimitQuota Calendar(long count, CalendarPeriod period, string zone = "UTC") =>
        new() { Count = count, Calendar = new(period, TimeZoneInfo.FindSystemTimeZoneById(zone)) };

    public static LimitCharge Charge(this LimitQuota quota, string limit = "l", string key = "k", bool shadow = false) => new(limit, quota, key, shadow);

    public static LimitVerdict Take(this ILimiter limiter, params LimitCharge[] charges)
    {
        var verdict = limiter.TryTakeAsync(charges, CancellationToken.None).AsTask();
        Assert.True(verdict.IsCompletedSuccessfully);
        return verdict.Result;
    }
}
