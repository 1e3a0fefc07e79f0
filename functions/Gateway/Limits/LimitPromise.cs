using Gateway.Configuration;
using Gateway.Limits.Ledger;

namespace Gateway.Limits;

/// <summary>What a limit promises and what that costs, in words.</summary>
/// <param name="Name">The limit's name.</param>
/// <param name="Bound">The most that it admits.</param>
/// <param name="Cost">In storage operations.</param>
internal sealed record LimitPromise(string Name, string Bound, string Cost)
{
    private static readonly TimeSpan LongestNearLease = TimeSpan.FromSeconds(60);

    public static LimitPromise Of(string name, LimitConfig limit, IReadOnlyDictionary<string, IReadOnlyDictionary<string, PlanLimitConfig>> plans) =>
        new(name, BoundOf(limit) + PlansOf(name, limit, plans), CostOf(limit));

    private static string BoundOf(LimitConfig limit) => string.Concat(
        limit.Shadow ? "refuses nothing; counts as if: " : "",
        $"at most {MostOf(limit)}{KeyOf(limit.By)}",
        limit.Mode is LimitMode.Local ? " in each instance: N instances admit up to N times as many" : ", over all instances",
        limit.WhenUnavailable is WhenUnavailable.Admit ? "; while storage is away at most as many in each instance by itself" : "");

    private static string MostOf(LimitConfig limit) => limit switch
    {
        { InFlight: true } => $"{limit.Count} at the same time",
        { Period: { } period } => $"{limit.Count} in each {EnumNames.Kebab($"{period}")} ({limit.Zone})",
        { Burst: { } burst } => $"{burst} at once and {burst} + {limit.Count} per {Words(limit.Window!.Value)} in any time",
        _ => $"{limit.Count} in any {Words(limit.Window!.Value)}",
    };

    private static string KeyOf(IReadOnlyList<LimitKeyConfig> by) => by.Count == 0 ? "" : " for each " + string.Join(" and ", by.Select(key => key.Name is { } name
        ? $"value of {EnumNames.Kebab($"{key.Kind}")} {name}"
        : EnumNames.Kebab($"{key.Kind}")));

    private static string PlansOf(string name, LimitConfig limit, IReadOnlyDictionary<string, IReadOnlyDictionary<string, PlanLimitConfig>> plans) => string.Concat(
        from plan in plans
        where plan.Value.ContainsKey(name)
        let number = plan.Value[name]
        let burst = limit.Burst is null ? "" : $" with burst {number.Burst ?? limit.Burst}"
        select $"; plan {plan.Key}: {(number.Unlimited ? "unlimited" : $"{number.Count}{burst}")}");

    private static string CostOf(LimitConfig limit) => limit switch
    {
        { Mode: LimitMode.Local } => "no storage call",
        { InFlight: true } => $"in each instance a write every {NearLeaseOf(limit)} while requests{ByKey(limit)} are under way",
        { Burst: not null } => $"in each instance a write for each lease: {LongestOfBucket(limit)} of traffic{ByKey(limit)}; none in between, nor for a caller known to be over",
        _ => $"in each instance a write for each lease: up to 10 min of traffic{ByKey(limit)}, near the limit {NearLeaseOf(limit)}; none in between, nor for a caller known to be over",
    };

    private static string ByKey(LimitConfig limit) => limit.By.Count == 0 ? "" : " of a key";

    private static string LongestOfBucket(LimitConfig limit) =>
        Slots.OfBucket(limit.Count, limit.Window!.Value, 0).SlotTicks > TimeSpan.TicksPerSecond ? NearLeaseOf(limit) : "up to 1 s";

    // One to two slots. A period of the calendar is one slot, and its leases are as short as others.
    private static string NearLeaseOf(LimitConfig limit)
    {
        var slot = limit switch
        {
            { InFlight: true } => Slots.OfPermits(0).SlotTicks,
            { Window: { } window, Burst: not null } => Slots.OfBucket(limit.Count, window, 0).SlotTicks,
            { Window: { } window } => Slots.Of(window, 0).SlotTicks,
            _ => LongestNearLease.Ticks,
        };
        var (shortest, longest) = (Math.Min(slot, LongestNearLease.Ticks), Math.Min(2 * slot, LongestNearLease.Ticks));
        return shortest == longest ? $"{Rough(shortest)}" : $"{Rough(shortest)} to {Rough(longest)}";
    }

    private static string Rough(long ticks) => TimeSpan.FromTicks(ticks) switch
    {
        { TotalMilliseconds: < 10 } little => $"{little.TotalMilliseconds:0.##} ms",
        { TotalSeconds: < 1 } part => $"{part.TotalMilliseconds:0} ms",
        var whole => $"{whole.TotalSeconds:0.#} s",
    };

    // As the language has it, but with a space; an m alone could be taken for a month.
    private static string Words(TimeSpan window)
    {
        var text = DurationText.Show(window);
        var number = text.TrimEnd('d', 'h', 'm', 's');
        var unit = text[number.Length..];
        return $"{number} {(unit == "m" ? "min" : unit)}";
    }
}
