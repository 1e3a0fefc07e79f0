using System.Globalization;
using Gateway.Errors;
using Gateway.Requests;
using Microsoft.AspNetCore.Http;

namespace Gateway.Limits;

/// <summary>Takes one from every limit of the route, or refuses and charges nothing.</summary>
internal sealed class LimitStage(ILimiter limiter, LimitMetrics metrics, TimeProvider time, GatewayOptions options) : IRouteStage
{
    public RequestDelegate Compile(EffectiveRoute route, RequestDelegate next)
    {
        if (route.Limits is not { Count: > 0 } names)
        {
            return next;
        }

        var rules = names.Distinct().Select(name => new LimitRule(name, route.Config)).ToArray();
        return context => LimitAsync(context, rules, next);
    }

    private async Task LimitAsync(HttpContext context, LimitRule[] rules, RequestDelegate next)
    {
        var charges = Charge(context, rules);
        if (charges.Count == 0)
        {
            await next(context);
            return;
        }

        var verdict = await limiter.TryTakeAsync(charges, context.RequestAborted);
        try
        {
            LimitHeaders.Promise(context, charges, verdict.Readings, time.GetUtcNow());
            Count(charges, verdict);
            Stamp(context, verdict);
            EndWithItsPermit(context, verdict);
            await (verdict.IsAdmitted ? next(context) : context.Refuse(verdict.IsUnavailable ? Unavailable(charges, verdict.Readings) : Refusal(charges, verdict.Readings)));
        }
        finally
        {
            verdict.Finish?.Invoke();
        }
    }

    private static List<LimitCharge> Charge(HttpContext context, LimitRule[] rules)
    {
        var charges = new List<LimitCharge>(rules.Length);
        var plan = context.Gateway().Caller.Plan;
        foreach (var rule in rules)
        {
            if (rule.QuotaOf(plan) is { } quota)
            {
                charges.Add(new(rule.Name, quota, LimitKeys.Of(context, rule.Config.By), rule.Config.Shadow));
            }
        }

        return charges;
    }

    private void Count(List<LimitCharge> charges, LimitVerdict verdict)
    {
        for (var index = 0; index < charges.Count; index++)
        {
            var (limit, hadRoom) = (charges[index].Limit, verdict.Readings[index].HadRoom);
            if (hadRoom && verdict.IsAdmitted)
            {
                metrics.Admitted(limit);
            }
            else if (verdict.Readings[index].IsUnknown)
            {
                metrics.Unavailable(limit);
            }
            else if (!hadRoom && charges[index].Shadow)
            {
                metrics.Shadow(limit);
            }
            else if (!hadRoom)
            {
                metrics.Refused(limit);
            }
        }
    }

    private void Stamp(HttpContext context, LimitVerdict verdict)
    {
        if (options.StampAdmissions && verdict is { IsAdmitted: true, AdmittedAt: { } at })
        {
            context.Request.Headers[GatewayHeaders.Admitted] = (at * TimeSpan.NanosecondsPerTick).ToString(CultureInfo.InvariantCulture);
        }
    }

    // Nobody counts it any more: what it has begun must not run beside as many as the limit lets in.
    private static void EndWithItsPermit(HttpContext context, LimitVerdict verdict) =>
        verdict.Lost?.ContinueWith(static (_, state) => ((HttpContext)state!).Abort(), context, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private static Failure Unavailable(List<LimitCharge> charges, IReadOnlyList<LimitReading> readings) => new(GatewayError.LimiterUnavailable)
    {
        Detail = $"Cannot be counted now: {string.Join(", ", charges.Where((charge, index) => readings[index].IsUnknown && !charge.Shadow).Select(charge => charge.Limit))}.",
        Headers = [new("Retry-After", "1")],
    };

    private static Failure Refusal(List<LimitCharge> charges, IReadOnlyList<LimitReading> readings)
    {
        var violated = new List<string>();
        var wait = 1L;
        for (var index = 0; index < charges.Count; index++)
        {
            if (!readings[index].HadRoom && !charges[index].Shadow)
            {
                violated.Add(charges[index].Limit);
                wait = Math.Max(wait, LimitHeaders.Seconds(readings[index].Next ?? TimeSpan.Zero));
            }
        }

        return new(GatewayError.RateLimited)
        {
            Detail = string.Create(CultureInfo.InvariantCulture, $"Reached: {string.Join(", ", violated)}. Try again in {wait} s."),
            Members = [new("violated-policies", violated)],
            Headers = [new("Retry-After", wait.ToString(CultureInfo.InvariantCulture))],
        };
    }
}
