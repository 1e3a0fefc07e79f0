namespace LocalHost.Vault.Faults;

/// <summary>A way in which a call goes wrong.</summary>
internal enum VaultFault
{
    /// <summary>429 with Retry-After; nothing is done.</summary>
    Throttled,

    /// <summary>503; nothing is done.</summary>
    Unavailable,

    /// <summary>The connection breaks; nothing is done, and the caller cannot know.</summary>
    BrokenBefore,

    /// <summary>It is done and kept; then the connection breaks, and the caller cannot know.</summary>
    BrokenAfter,
}
