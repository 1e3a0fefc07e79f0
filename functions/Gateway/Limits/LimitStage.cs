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
        return rules is [var only] ? context => LimitByOne(context, only, next) : context => LimitByAll(context, rules, next);
    }

    private Task LimitByOne(HttpContext context, LimitRule rule, RequestDelegate next)
    {
        if (rule.TermsOf(context.Gateway().Caller.Plan) is not { } terms)
        {
            return next(context);
        }

        var charge = new LimitCharge(rule.Name, terms.Quota, LimitKeys.Of(context, rule.Config.By), rule.Config.Shadow);
        return limiter.TryDecide(charge, out var decision) ? GoOn(context, charge, terms, decision, next) : LimitAsync(context, [charge], next);
    }

    private Task LimitByAll(HttpContext context, LimitRule[] rules, RequestDelegate next)
    {
        var charges = Charge(context, rules);
        return charges.Count == 0 ? next(context) : LimitAsync(context, charges, next);
    }

    private Task GoOn(HttpContext context, in LimitCharge charge, LimitTerms terms, in LimitDecision decision, RequestDelegate next)
    {
        var now = time.GetUtcNow();
        if (!charge.Shadow)
        {
            LimitHeaders.Promise(context, terms.PolicyAt(now), terms.StateAt(decision.Reading, now));
        }

        Count(charge, decision.Reading, decision.IsAdmitted);
        Stamp(context, decision.AdmittedAt);
        return decision.IsAdmitted ? next(context) : context.Refuse(Refusal([charge], [decision.Reading]));
    }

    private async Task LimitAsync(HttpContext context, IReadOnlyList<LimitCharge> charges, RequestDelegate next)
    {
        var verdict = await limiter.TryTakeAsync(charges, context.RequestAborted);
        try
        {
            LimitHeaders.Promise(context, charges, verdict.Readings, time.GetUtcNow());
            Count(charges, verdict);
            Stamp(context, verdict.IsAdmitted ? verdict.AdmittedAt : null);
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
            if (rule.TermsOf(plan) is { } terms)
            {
                charges.Add(new(rule.Name, terms.Quota, LimitKeys.Of(context, rule.Config.By), rule.Config.Shadow));
            }
        }

        return charges;
    }

    private void Count(IReadOnlyList<LimitCharge> charges, LimitVerdict verdict)
    {
        for (var index = 0; index < charges.Count; index++)
        {
            Count(charges[index], verdict.Readings[index], verdict.IsAdmitted);
        }
    }

    private void Count(in LimitCharge charge, LimitReading reading, bool isAdmitted)
    {
        if (reading.HadRoom && isAdmitted)
        {
            metrics.Admitted(charge.Limit);
        }
        else if (reading.IsUnknown)
        {
            metrics.Unavailable(charge.Limit);
        }
        else if (!reading.HadRoom && charge.Shadow)
        {
            metrics.Shadow(charge.Limit);
        }
        else if (!reading.HadRoom)
        {
            metrics.Refused(charge.Limit);
        }
    }

    private void Stamp(HttpContext context, long? admittedAt)
    {
        if (options.StampAdmissions && admittedAt is { } at)
        {
            context.Request.Headers[GatewayHeaders.Admitted] = (at * TimeSpan.NanosecondsPerTick).ToString(CultureInfo.InvariantCulture);
        }
    }

    // Nobody counts it any more: what it has begun must not run beside as many as the limit lets in.
    private static void EndWithItsPermit(HttpContext context, LimitVerdict verdict) =>
        verdict.Lost?.ContinueWith(static (_, state) => ((HttpContext)state!).Abort(), context, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private static Failure Unavailable(IReadOnlyList<LimitCharge> charges, IReadOnlyList<LimitReading> readings) => new(GatewayError.LimiterUnavailable)
    {
        Detail = $"Cannot be counted now: {string.Join(", ", charges.Where((charge, index) => readings[index].IsUnknown && !charge.Shadow).Select(charge => charge.Limit))}.",
        Headers = [new("Retry-After", "1")],
    };

    private static Failure Refusal(IReadOnlyList<LimitCharge> charges, IReadOnlyList<LimitReading> readings)
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
