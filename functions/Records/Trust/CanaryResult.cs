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

    /// <summary>False: nobody answered there, which says nothing of the certificate.</summary>
    public bool Reached { get; init; } = true;

    /// <summary>Null: nothing speaks against the certificate. Otherwise what does, in a few words.</summary>
    public string? Failure { get; init; }
}
