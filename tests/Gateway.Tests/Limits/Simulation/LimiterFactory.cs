using Gateway.Limits;
using Gateway.Limits.Ledger;

namespace Gateway.Tests.Limits.Simulation;

/// <summary>Makes the limiter of one process.</summary>
/// <param name="report">Says what must not happen in a run: it fails it.</param>
internal delegate ILimiter LimiterFactory(ILedgerStore store, TimeProvider time, Random random, Action<string> report);
