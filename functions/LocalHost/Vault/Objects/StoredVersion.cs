namespace LocalHost.Vault.Objects;

/// <summary>One version of something that a vault keeps.</summary>
internal abstract record StoredVersion
{
    public required string Version { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Updated { get; init; }

    public bool Enabled { get; init; } = true;

    public DateTimeOffset? NotBefore { get; init; }

    public DateTimeOffset? Expires { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>As the real vault makes them: 32 hexadecimal digits that say nothing of order.</summary>
    public static string NewName() => Guid.NewGuid().ToString("N");
}
