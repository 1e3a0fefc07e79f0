namespace Gateway.Configuration;

/// <summary>A gateway was asked to start with a configuration that is wrong.</summary>
public sealed class ConfigException(IReadOnlyList<ConfigError> errors)
    : Exception($"The configuration has {errors.Count} error{(errors.Count == 1 ? "" : "s")}:{Environment.NewLine}{string.Join(Environment.NewLine, errors)}")
{
    /// <summary>Every mistake, in the order of the file.</summary>
    public IReadOnlyList<ConfigError> Errors { get; } = errors;
}
