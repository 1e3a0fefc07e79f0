using System.Collections.Frozen;

namespace Gateway.Limits;

/// <summary>One limit of a route, compiled with what every plan makes of it.</summary>
internal sealed class LimitRule
{
    private readonly LimitQuota _own;
    private readonly FrozenDictionary<string, LimitQuota?> _plans;

    public LimitRule(string name, GatewayConfig config)
    {
        Config = config.Limits[name];
        Name = name;
        _own = LimitQuota.Of(Config, config.Revision);
        _plans = config.Plans
            .Where(plan => plan.Value.ContainsKey(name))
            .ToFrozenDictionary(plan => plan.Key, plan => _own.Under(plan.Value[name]), StringComparer.Ordinal);
    }

    public string Name { get; }

    public LimitConfig Config { get; }

    /// <summary>The quota under a plan; null: unlimited.</summary>
    public LimitQuota? QuotaOf(string? plan) => plan is not null && _plans.TryGetValue(plan, out var quota) ? quota : _own;
}
