namespace Gateway;

/// <summary>What a host tells the gateway.</summary>
public sealed record GatewayOptions
{
    /// <summary>Path of the configuration file; watched for changes.</summary>
    public required string ConfigPath { get; init; }

    /// <summary>Where ${env:NAME} is looked up; null: not set. Default: the process's environment.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>What it runs in. Default: a server of its own.</summary>
    public GatewayHost Host { get; init; }

    /// <summary>Told of each configuration that serves from now on, the first one included. Unset: nobody is.</summary>
    public Action<GatewayConfig>? Loaded { get; init; }

    /// <summary>About how often it is looked which release is to serve. Default 5 s, so that a move is followed within 10 s.</summary>
    public TimeSpan ReleasePeriod { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the secrets that the configuration names are read again from the vault. Default: 5 minutes.</summary>
    public TimeSpan SecretRefresh { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// For tests of limits. True: each admitted request that a limit counted carries the reading of the clock that admitted it to its service, in the
    /// header X-Gateway-Admitted: nanoseconds of the system-wide clock that counts suspension. Default false.
    /// </summary>
    public bool StampAdmissions { get; init; }
}
