namespace Gateway.Secrets;

/// <summary>How the front door's host lets the gateway at the secrets that a configuration names.</summary>
public static class GatewaySecrets
{
    /// <summary>Under this key a host registers the SecretClient of the vault of shared secrets. Without one, a configuration that names secrets is refused.</summary>
    public const string ClientKey = "gateway-secrets";
}
