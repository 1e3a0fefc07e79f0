using Gateway.Limits;

namespace Gateway.Tests.Limits.Simulation;

/// <summary>A kind of request: what it is charged to, and where its admissions are noted.</summary>
internal sealed record Demand(IReadOnlyList<LimitCharge> Charges, IReadOnlyList<Admissions> Admissions);
