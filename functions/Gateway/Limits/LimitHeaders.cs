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
                Describe(policy, charges[index], now);
                Describe(state, charges[index], readings[index], now);
            }
        }

        var fields = (Policy: policy.ToString(), State: state.ToString());
        if (fields.Policy.Length > 0)
        {
            context.Response.OnStarting(() =>
            {
                context.Response.Headers[Policy] = fields.Policy;
                context.Response.Headers[State] = fields.State;
                return Task.CompletedTask;
            });
        }
    }

    /// <summary>Whole seconds, rounded up: who waits that long has waited long enough.</summary>
    public static long Seconds(TimeSpan duration) => (duration.Ticks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond;

    private static void Describe(StructuredList policy, LimitCharge charge, DateTimeOffset now)
    {
        policy.Item(charge.Limit).Parameter("q", Math.Min(charge.Quota.Count, LargestInteger));
        if (charge.Quota.InFlight)
        {
            policy.Parameter("qu", "concurrent-requests");
            return;
        }

        policy.Parameter("w", Seconds(WindowOf(charge.Quota, now)));
        if (charge.Quota.Burst is { } burst)
        {
            policy.Parameter("burst", Math.Min(burst, LargestInteger));
        }
    }

    // The ledger's slots make a wait a little longer than the window; Retry-After says it as it is.
    private static void Describe(StructuredList state, LimitCharge charge, LimitReading reading, DateTimeOffset now)
    {
        state.Item(charge.Limit).Parameter("r", Math.Min(reading.Remaining, LargestInteger));
        if (reading.Next is { } next)
        {
            state.Parameter("t", Math.Min(Seconds(next), Seconds(WindowOf(charge.Quota, now))));
        }
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
