using Gateway.Configuration;
using Gateway.Limits.Ledger;

namespace Gateway.Limits;

/// <summary>What makes a limit, its use or a plan wrong.</summary>
internal sealed class LimitRules : IConfigRule
{
    // RFC 9651 §3.3.1: fifteen digits.
    private const long Largest = 999_999_999_999_999;

    private static readonly TimeSpan ShortestExact = TimeSpan.FromSeconds(1);

    public IEnumerable<ConfigError> Check(GatewayConfig config) =>
        [.. config.Limits.SelectMany(limit => Check(["limits", limit.Key], limit.Value)), .. Uses(config), .. Plans(config)];

    private static IEnumerable<ConfigError> Check(IReadOnlyList<string> path, LimitConfig limit)
    {
        if (limit.Count > Largest || limit.Burst > Largest)
        {
            yield return new(path, $"{Math.Max(limit.Count, limit.Burst ?? 0)} is more than an answer's header can say.", $"Write {Largest} at most.");
        }

        if (limit.Mode is LimitMode.Exact && limit.Window is { } window && window > TimeSpan.Zero && window < ShortestExact)
        {
            yield return new(path, $"An exact limit needs a window of at least {DurationText.Show(ShortestExact)}: storage answers no faster.",
                $"Write a longer window, or mode: local: {{ rate: {Show(limit)}, mode: local }}; it counts in each instance by itself.");
        }
        else if (limit.Mode is LimitMode.Exact && limit is { Window: { } rate, Burst: { } size } && rate > TimeSpan.Zero && size >= 1 && size < LeastBurst(limit.Count, rate))
        {
            yield return new([.. path, "burst"], $"A burst of {size} is less than what instances lease at this rate: {LeastBurst(limit.Count, rate)} at least.",
                $"Write burst {LeastBurst(limit.Count, rate)}, or mode: local, which counts in each instance by itself.");
        }

        if (limit.Mode is LimitMode.Local && limit.WhenUnavailable is WhenUnavailable.Admit)
        {
            yield return new([.. path, "whenUnavailable"], "A local limit needs no storage.", "Remove whenUnavailable.");
        }

        if (limit.Burst is { } burst && (limit.InFlight || limit.Period is not null || burst < 1))
        {
            yield return new([.. path, "burst"], limit.InFlight ? "What is in flight has no burst." : burst < 1 ? $"A burst of {burst} admits nothing." : "Calendar periods have no burst.",
                "Remove burst, or write a rate such as 10 per 1s burst 50.");
        }

        foreach (var (index, key) in limit.By.Index())
        {
            if (limit.By.Take(index).Contains(key))
            {
                yield return new([.. path, "by", $"{index}"], "The same thing is counted apart twice.", "Write it once.");
            }
            else if (key.Kind is LimitKeyKind.Header && !FieldNames.IsToken(key.Name!))
            {
                yield return new([.. path, "by", $"{index}"], $"'{key.Name}' is not the name of a header.", "Use letters, digits and '-', such as x-tenant.");
            }
        }

        foreach (var error in Zone(path, limit))
        {
            yield return error;
        }
    }

    // What three slots earn: one is kept back for what no slot can resolve, two are out while instances take turns.
    private static long LeastBurst(long count, TimeSpan window) => 3 * Slots.Earned(count, window);

    private static IEnumerable<ConfigError> Zone(IReadOnlyList<string> path, LimitConfig limit)
    {
        if (limit.Zone != "UTC" && limit.Period is null)
        {
            yield return new([.. path, "zone"], "Only calendar periods (day, month) have a time zone.", "Remove zone.");
        }
        else if (!TimeZoneInfo.TryFindSystemTimeZoneById(limit.Zone, out _))
        {
            yield return new([.. path, "zone"], $"The time zone '{limit.Zone}' is not known.",
                NearestName.Find(limit.Zone, TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id)) is { } nearest ? $"Did you mean '{nearest}'?" : "Write a name such as UTC or Europe/Berlin.");
        }
    }

    private static IEnumerable<ConfigError> Uses(GatewayConfig config) =>
        from level in SettingsLevel.AllOf(config)
        from use in (level.Settings.Limits ?? []).Index()
        let isTwice = level.Settings.Limits!.Take(use.Index).Contains(use.Item)
        where isTwice || !config.Limits.ContainsKey(use.Item)
        select isTwice
            ? new ConfigError([.. level.Path, "limits", $"{use.Index}"], $"'{use.Item}' stands here twice.", "Write it once.")
            : new ConfigError([.. level.Path, "limits", $"{use.Index}"], $"There is no limit '{use.Item}'.", NearestName.Mend(use.Item, [.. config.Limits.Keys], "Add it under limits."));

    private static IEnumerable<ConfigError> Plans(GatewayConfig config)
    {
        if (config.DefaultPlan is { } plan && !config.Plans.ContainsKey(plan))
        {
            yield return new(["defaultPlan"], $"There is no plan '{plan}'.", NearestName.Mend(plan, [.. config.Plans.Keys], "Add it under plans."));
        }

        foreach (var (name, numbers) in config.Plans)
        {
            foreach (var (limitName, number) in numbers)
            {
                IReadOnlyList<string> path = ["plans", name, limitName];
                if (!config.Limits.TryGetValue(limitName, out var limit))
                {
                    yield return new(path, $"There is no limit '{limitName}'.", NearestName.Mend(limitName, [.. config.Limits.Keys], "Add it under limits.")) { AtKey = true };
                }
                else if (!number.Unlimited && WasRead(limit) && (number.InFlight != limit.InFlight || number.Window != limit.Window || number.Period != limit.Period))
                {
                    yield return new(path, $"The plan says {Show(number)}, and the limit is {Show(limit with { By = [] })}.", $"A plan changes the number only: {number.Count} {Kind(limit.InFlight, limit.Window, limit.Period)}.");
                }
                else if (limit is { Mode: LimitMode.Exact, Window: { } window, Burst: { } burst } && !number.Unlimited && (number.Burst ?? burst) < LeastBurst(number.Count, window))
                {
                    yield return new(path, $"A burst of {number.Burst ?? burst} is less than what instances lease at this rate: {LeastBurst(number.Count, window)} at least.", $"Write {number.Count} per {DurationText.Show(window)} burst {LeastBurst(number.Count, window)}.");
                }
                else if (number.Burst is not null && limit.Burst is null)
                {
                    yield return new(path, $"The plan has a burst, and the limit '{limitName}' has none.", "Remove burst here, or add one to the limit.");
                }
            }
        }
    }

    // What could not be read has been reported already.
    private static bool WasRead(LimitConfig limit) => limit.InFlight || limit.Period is not null || limit.Window > TimeSpan.Zero;

    private static string Show(LimitConfig limit) =>
        $"{limit.Count} {Kind(limit.InFlight, limit.Window, limit.Period)}{(limit.Burst is null ? "" : $" burst {limit.Burst}")}{(limit.By is [var key] ? $" by {Show(key)}" : "")}";

    private static string Show(LimitKeyConfig key) => EnumNames.Kebab(key.Kind.ToString()) + (key.Name is null ? "" : $" {key.Name}");

    private static string Show(PlanLimitConfig number) => $"{number.Count} {Kind(number.InFlight, number.Window, number.Period)}";

    private static string Kind(bool inFlight, TimeSpan? window, CalendarPeriod? period) =>
        inFlight ? "in flight" : period is { } calendar ? $"per {EnumNames.Kebab(calendar.ToString())}" : $"per {DurationText.Show(window ?? TimeSpan.Zero)}";
}
