namespace Gateway.Releases;

/// <summary>How a read of a blob ended.</summary>
internal enum BlobOutcome
{
    /// <summary>It was read.</summary>
    Read,

    /// <summary>It still bears the tag that the caller knows.</summary>
    Unchanged,

    /// <summary>There is none.</summary>
    Missing,

    /// <summary>It is larger than the caller reads.</summary>
    TooLarge,

    /// <summary>Storage did not answer, or refused.</summary>
    Failed,
}
