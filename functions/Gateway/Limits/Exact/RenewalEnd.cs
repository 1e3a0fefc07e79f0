namespace Gateway.Limits.Exact;

/// <summary>What became of a renewal, for those who wait for it.</summary>
internal enum RenewalEnd
{
    /// <summary>There may be tokens now.</summary>
    Granted,

    /// <summary>There are none; the account says until when.</summary>
    Denied,

    /// <summary>Others were quicker again and again.</summary>
    Contended,

    /// <summary>Storage does not answer, or the row cannot be granted from.</summary>
    Away,
}
