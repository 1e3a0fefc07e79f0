namespace Records;

/// <summary>The ways of counting that need rows of their own.</summary>
public enum LedgerKind
{
    /// <summary>At most L in any interval of length W.</summary>
    Rolling,

    /// <summary>At most B and what is earned since: a token bucket.</summary>
    Bucket,

    /// <summary>At most L in each day of a time zone.</summary>
    Day,

    /// <summary>At most L in each month of a time zone.</summary>
    Month,

    /// <summary>At most L at the same time.</summary>
    InFlight,
}
