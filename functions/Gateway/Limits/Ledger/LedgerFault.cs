namespace Gateway.Limits.Ledger;

/// <summary>Why nothing may be granted from a row.</summary>
internal enum LedgerFault
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>A count became negative: somebody settled what was not granted. Stop granting and count it.</summary>
    Negative,

    /// <summary>The row's base is above the own upper bound: drop all leases, learn time again and count it.</summary>
    BaseAhead,
}
