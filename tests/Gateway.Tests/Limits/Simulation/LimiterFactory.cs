using Gateway.Limits;
using Gateway.Limits.Ledger;

namespace Gateway.Tests.Limits.Simulation;

/// <summary>Makes the limiter of one process.</summary>
internal delegate ILimiter LimiterFactory(ILedgerStore store, TimeProvider time, Random random);
