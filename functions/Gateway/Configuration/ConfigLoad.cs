namespace Gateway.Configuration;

/// <summary>What came of loading a configuration: the configuration, or every mistake in it.</summary>
public sealed record ConfigLoad
{
    /// <summary>The configuration; null when there is any error.</summary>
    public GatewayConfig? Config { get; init; }

    /// <summary>Every mistake, in the order of the file.</summary>
    public required IReadOnlyList<ConfigError> Errors { get; init; }

    /// <summary>The first 12 hex digits of the SHA-256 of the text. Empty when the file could not be read.</summary>
    public required string Release { get; init; }

    /// <summary>Every place where a secret of the vault stands; the configuration has only its name there.</summary>
    internal IReadOnlyList<SecretReference> Secrets { get; init; } = [];
}
