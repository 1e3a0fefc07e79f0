using Gateway.Limits;

namespace Gateway.Tests.Limits.Simulation;

/// <summary>A kind of request: what it is charged to, and where its admissions are noted.</summary>
/// <param name="Changed">The same limits after a change.</param>
internal sealed record Demand(IReadOnlyList<LimitCharge> Charges, IReadOnlyList<LimitCharge> Changed, IReadOnlyList<Admissions> Admissions)
{
    public static Demand[] Of(Scenario scenario)
    {
        var admissions = new Dictionary<(string Limit, string Key), Admissions>();
        var demands = new Demand[scenario.Kinds.Count];
        for (var kind = 0; kind < demands.Length; kind++)
        {
            var (charges, changed) = (scenario.Kinds[kind], (scenario.Change?.Kinds ?? scenario.Kinds)[kind]);
            for (var index = 0; index < charges.Count; index++)
            {
                admissions.TryAdd((charges[index].Limit, charges[index].Key), AdmissionsOf(scenario, charges[index], changed[index]));
            }

            demands[kind] = new(charges, changed, [.. charges.Select(charge => admissions[(charge.Limit, charge.Key)])]);
        }

        return demands;
    }

    private static Admissions AdmissionsOf(Scenario scenario, LimitCharge charge, LimitCharge changed) => scenario.Change is { } change
        ? new(charge, changed, scenario.Start + change.At, scenario.Start + change.HoldsFrom(charge.Quota))
        : new(charge, charge, long.MaxValue, long.MaxValue);
}
