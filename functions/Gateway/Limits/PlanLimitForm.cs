using Gateway.Configuration;

namespace Gateway.Limits;

/// <summary>A plan's number for a limit: "1000 per 10s", "20 per 1s burst 100", "5 in flight" or "unlimited".</summary>
internal sealed class PlanLimitForm : TextForm
{
    public override string Expected => "a number for the limit such as 1000 per 10s, or unlimited";

    public override Parsed Parse(string text)
    {
        if (text.Trim() == "unlimited")
        {
            return new(new PlanLimitConfig { Unlimited = true });
        }

        var parsed = new LimitForm().Parse(text);
        return parsed.Value switch
        {
            null when NearestName.Find(text, ["unlimited"]) is { } nearest => Parsed.Fail($"'{text}' is not a plan's number.", $"Did you mean '{nearest}'?"),
            null => parsed,
            LimitConfig { By.Count: > 0 } => Parsed.Fail("A plan gives numbers only; what is counted apart is the limit's say.", "Remove 'by' and what follows it."),
            LimitConfig limit => new(new PlanLimitConfig { Count = limit.Count, Window = limit.Window, Period = limit.Period, InFlight = limit.InFlight, Burst = limit.Burst }),
            _ => default,
        };
    }
}
