namespace Gateway.Configuration;

/// <summary>Where the configuration comes from.</summary>
/// <param name="Path">The file.</param>
/// <param name="Environment">Gives the values of ${env:NAME}; null: not set.</param>
/// <param name="Rules">What else has to hold in this process.</param>
internal sealed record ConfigSource(string Path, Func<string, string?> Environment, IReadOnlyList<IConfigRule> Rules)
{
    public ConfigLoad Parse(ConfigText text) => Parse(text, Path);

    /// <param name="name">What errors call it, where it is not the file.</param>
    public ConfigLoad Parse(ConfigText text, string name) => ConfigFile.Parse(text, name, Environment, Rules);

    /// <summary>Told of each configuration that serves from now on. Null: nobody is.</summary>
    public Action<GatewayConfig>? Loaded { get; init; }
}
