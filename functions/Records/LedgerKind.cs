namespace Records;

/// <summary>The ways of counting that need rows of their own.</summary>
public enum LedgerKind
{
    /// <summary>At most L in any interval of length W.</summary>
    Rolling,

    /// <summary>At most B and what is earned since: a token bucket.</summary>
    Bucket,

    /// <summary>At most L in each day or month.</summary>
    Calendar,

    /// <summary>At most L at the same time.</summary>
    InFlight,
}
