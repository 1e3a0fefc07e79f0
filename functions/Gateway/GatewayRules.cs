using Gateway.Configuration;

namespace Gateway;

/// <summary>The rules of every capability: what makes a configuration that can be read wrong.</summary>
internal static class GatewayRules
{
    public static IReadOnlyList<IConfigRule> All { get; } = [];
}
