using Gateway.Configuration;

namespace Gateway.ResponseRules;

/// <summary>What makes the rules for answers wrong.</summary>
internal sealed class ResponseHeaderRules : IConfigRule
{
    public IEnumerable<ConfigError> Check(GatewayConfig config) =>
        from level in SettingsLevel.AllOf(config)
        where level.Settings.Response is not null
        let headers = level.Settings.Response!.Headers
        from error in FieldNames.CheckAnswered([.. level.Path, "response", "headers"], new(headers.Set, headers.Remove))
        select error;
}
