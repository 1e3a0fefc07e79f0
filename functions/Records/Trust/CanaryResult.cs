namespace Records.Trust;

/// <summary>What a peer found when it tried a candidate in real handshakes.</summary>
public sealed record CanaryResult
{
    /// <summary>The service whose certificate was tried.</summary>
    public required string Service { get; init; }

    /// <summary>The version that was tried.</summary>
    public required string Version { get; init; }

    /// <summary>The service at the other end: whom the owner called, or who was called by the peer that reports.</summary>
    public required string With { get; init; }

    /// <summary>False: nobody answered there, or the certificate in use failed as well, which says nothing of this one.</summary>
    public bool Reached { get; init; } = true;

    /// <summary>What went wrong, in a few words; it speaks against the certificate where that was reached. Null: nothing.</summary>
    public string? Failure { get; init; }
}
