using Gateway.Configuration;

namespace Gateway.Upstreams;

/// <summary>A process has an identity of its own from its start on, or none.</summary>
internal sealed class OwnIdentityRule(bool hasIdentity) : IConfigRule
{
    public IEnumerable<ConfigError> Check(GatewayConfig config) => hasIdentity ? [] :
        from service in config.Services
        where service.Value.Credential is not null
        select new ConfigError(["services", service.Key, "credential"], "This process has no identity of its own.", "Start it where it has one, or remove the credential.") { AtKey = true };
}
