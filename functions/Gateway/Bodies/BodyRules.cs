using Gateway.Configuration;

namespace Gateway.Bodies;

/// <summary>What makes a level's body wrong.</summary>
internal sealed class BodyRules : IConfigRule
{
    public IEnumerable<ConfigError> Check(GatewayConfig config) =>
        from level in SettingsLevel.AllOf(config)
        where level.Settings.Body is not null
        from type in level.Settings.Body!.Types.Index()
        where !IsType(type.Item)
        select new ConfigError([.. level.Path, "body", "types", $"{type.Index}"], $"'{type.Item}' is not a media type.", "Write a type without parameters, such as application/json, or a family such as image/*.");

    private static bool IsType(string type) => type.Split('/') is [var family, var kind] && family != "*" && FieldNames.IsToken(family) && FieldNames.IsToken(kind);
}
