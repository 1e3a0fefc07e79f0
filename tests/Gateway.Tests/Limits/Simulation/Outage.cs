namespace Gateway.Tests.Limits.Simulation;

/// <summary>Storage is away. In ticks from the start of the run.</summary>
/// <param name="IsNoticed">True: nothing is sent. False: each call waits for an answer.</param>
/// <param name="IsPartial">True: for every second process only, while the others go on.</param>
internal readonly record struct Outage(long From, long To, bool IsNoticed, bool IsPartial)
{
    public bool IsNow(long passed, int process) => passed >= From && passed < To && !(IsPartial && process % 2 == 0);
}
