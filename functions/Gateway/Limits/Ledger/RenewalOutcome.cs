namespace Gateway.Limits.Ledger;

/// <summary>What became of a write that got no answer.</summary>
internal enum RenewalOutcome
{
    /// <summary>Its commit id stands in the row: <see cref="Renewal.Succeed"/>.</summary>
    Succeeded,

    /// <summary>The ETag is the one before: the same bytes with the same If-Match may be sent again.</summary>
    Unchanged,

    /// <summary>The row went on without it, and remembers every commit since: <see cref="Renewal.Fail"/>.</summary>
    Failed,

    /// <summary>Too much happened since: <see cref="Renewal.Abandon"/>.</summary>
    Ambiguous,
}
