namespace Gateway.Upstreams;

/// <summary>How one of several urls is chosen.</summary>
public enum BalanceMode
{
    /// <summary>Of two taken at random, the one with fewer requests under way.</summary>
    TwoChoices,

    /// <summary>Each in turn.</summary>
    RoundRobin,

    /// <summary>The first one that is not set aside.</summary>
    First,
}
