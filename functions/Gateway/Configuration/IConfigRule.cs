namespace Gateway.Configuration;

/// <summary>A rule of one capability on the whole configuration. Collects every mistake; stops at none.</summary>
internal interface IConfigRule
{
    IEnumerable<ConfigError> Check(GatewayConfig config);
}
