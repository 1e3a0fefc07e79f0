namespace Gateway.Configuration;

/// <summary>A configuration that has no mistakes cannot serve yet, because a secret that it names is not there or does not fit.</summary>
/// <param name="errors">What is known to be wrong; none where the vault has not been asked yet.</param>
internal sealed class SecretsLackException(IReadOnlyList<ConfigError> errors) : Exception("Secrets of the configuration are lacking.")
{
    public IReadOnlyList<ConfigError> Errors { get; } = errors;
}
