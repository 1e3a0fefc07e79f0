using Gateway.Configuration;
using Gateway.Secrets;

namespace Gateway.Upstreams;

/// <summary>What a service's settings say of the header fields that it is sent: its Host, and those removed and set.</summary>
internal sealed class ServiceHeaders(ServiceConfig config, SecretShelf secrets)
{
    /// <summary>As the settings write that the service sees the host of its own url.</summary>
    public const string HostOfUrl = "url";

    private readonly IReadOnlyList<string> _removed = config.Headers?.Remove ?? [];

    private readonly (string Name, string Text, Secret? Secret)[] _set =
        [.. (config.Headers?.Set ?? new Dictionary<string, string>()).Select(rule => (rule.Key, rule.Value, SecretText.NameOf(rule.Value) is { } secret ? secrets.Get(secret) : null))];

    /// <summary>The client's Host is what the service is to see.</summary>
    public bool PreservesHost { get; } = config.Host == "preserve";

    /// <summary>Changes a request. Where the client's Host is preserved, that is what the request has already.</summary>
    public void Apply(IRequestFields fields)
    {
        if (!PreservesHost)
        {
            fields.Host = config.Host == HostOfUrl ? null : config.Host;
        }

        foreach (var name in _removed)
        {
            fields.Remove(name);
        }

        foreach (var (name, text, secret) in _set)
        {
            // No snapshot serves before its secrets are there. Were one not, its name would be no value to send.
            fields.Set(name, secret is null ? text : secret.Read() ?? throw new InvalidOperationException($"{secret} was never read."));
        }
    }
}
