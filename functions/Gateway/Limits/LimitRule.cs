using System.Collections.Frozen;

namespace Gateway.Limits;

/// <summary>One limit of a route, compiled with what every plan makes of it.</summary>
internal sealed class LimitRule
{
    private readonly LimitTerms _own;
    private readonly FrozenDictionary<string, LimitTerms?> _plans;

    public LimitRule(string name, GatewayConfig config)
    {
        Config = config.Limits[name];
        Name = name;
        var quota = LimitQuota.Of(Config, config.Revision);
        _own = new(name, quota);
        _plans = config.Plans
            .Where(plan => plan.Value.ContainsKey(name))
            .ToFrozenDictionary(plan => plan.Key, plan => quota.Under(plan.Value[name]) is { } ofPlan ? new LimitTerms(name, ofPlan) : null, StringComparer.Ordinal);
    }

    public string Name { get; }

    public LimitConfig Config { get; }

    /// <summary>The terms under a plan; null: unlimited.</summary>
    public LimitTerms? TermsOf(string? plan) => plan is not null && _plans.TryGetValue(plan, out var terms) ? terms : _own;
}
