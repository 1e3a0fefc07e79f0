using Gateway.Requests;
using Microsoft.AspNetCore.Http;

namespace Gateway.Limits;

/// <summary>What a client is told of its limits: RateLimit-Policy and RateLimit (draft-ietf-httpapi-ratelimit-headers-11).</summary>
internal static class LimitHeaders
{
    public const string Policy = "RateLimit-Policy";
    public const string State = "RateLimit";

    private const long LargestInteger = 999_999_999_999_999;

    /// <summary>Sets both when the answer begins, whatever it is by then; shadow limits are not told of.</summary>
    public static void Promise(HttpContext context, IReadOnlyList<LimitCharge> charges, IReadOnlyList<LimitReading> readings, DateTimeOffset now)
    {
        var (policy, state) = (new StructuredList(), new StructuredList());
        for (var index = 0; index < charges.Count; index++)
        {
            if (!charges[index].Shadow)
            {
                Describe(policy, charges[index].Limit, charges[index].Quota, now);
                Describe(state, charges[index], readings[index], now);
            }
        }

        var fields = policy.ToString();
        if (fields.Length > 0)
        {
            Promise(context, fields, state.ToString());
        }
    }

    /// <summary>Sets these two when the answer begins.</summary>
    public static void Promise(HttpContext context, string policy, string state)
    {
        var request = context.Gateway();
        (request.LimitPolicy, request.LimitState) = (policy, state);
        context.Response.OnStarting(SetAsync, context);
    }

    /// <summary>Whole seconds, rounded up: who waits that long has waited long enough.</summary>
    public static long Seconds(TimeSpan duration) => (duration.Ticks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond;

    /// <summary>Adds a limit to a policy.</summary>
    public static void Describe(StructuredList policy, string limit, LimitQuota quota, DateTimeOffset now)
    {
        policy.Item(limit).Parameter("q", Math.Min(quota.Count, LargestInteger));
        if (quota.InFlight)
        {
            policy.Parameter("qu", "concurrent-requests");
            return;
        }

        policy.Parameter("w", Seconds(WindowOf(quota, now)));
        if (quota.Burst is { } burst)
        {
            policy.Parameter("burst", Math.Min(burst, LargestInteger));
        }
    }

    /// <summary>How many more, as a field can say it.</summary>
    public static long Remaining(LimitReading reading) => Math.Min(reading.Remaining, LargestInteger);

    /// <summary>Seconds until there is room for one more. The ledger's slots make a wait a little longer than the window; Retry-After says it as it is.</summary>
    public static long? Wait(LimitQuota quota, LimitReading reading, DateTimeOffset now) =>
        reading.Next is { } next ? Math.Min(Seconds(next), Seconds(WindowOf(quota, now))) : null;

    private static void Describe(StructuredList state, LimitCharge charge, LimitReading reading, DateTimeOffset now)
    {
        state.Item(charge.Limit).Parameter("r", Remaining(reading));
        if (Wait(charge.Quota, reading, now) is { } wait)
        {
            state.Parameter("t", wait);
        }
    }

    private static Task SetAsync(object state)
    {
        var context = (HttpContext)state;
        var request = context.Gateway();
        context.Response.Headers[Policy] = request.LimitPolicy;
        context.Response.Headers[State] = request.LimitState;
        return Task.CompletedTask;
    }

    private static TimeSpan WindowOf(LimitQuota quota, DateTimeOffset now)
    {
        if (quota.Calendar is not { } calendar)
        {
            return quota.Window;
        }

        var (start, end) = calendar.Around(now);
        return end - start;
    }
}
