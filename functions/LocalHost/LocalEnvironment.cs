namespace LocalHost;

/// <summary>What every part of one run shares.</summary>
/// <param name="Folder">Where everything is kept.</param>
/// <param name="Loggers">The process's log.</param>
/// <param name="Time">The process's clock.</param>
internal sealed record LocalEnvironment(LocalFolder Folder, ILoggerFactory Loggers, TimeProvider Time)
{
    /// <summary>What every server of this run is given.</summary>
    public IServiceCollection Services { get; } = new ServiceCollection().AddSingleton(Loggers).AddSingleton(Time);

    /// <summary>What this run found out: addresses and credentials, by the names that dev.env and configurations use.</summary>
    public OrderedDictionary<string, string> Values { get; } = [];

    /// <summary>How a configuration sees the environment: this run's addresses, then the real one.</summary>
    public string? Lookup(string name) => Values.TryGetValue(name, out var value) ? value : Environment.GetEnvironmentVariable(name);
}
