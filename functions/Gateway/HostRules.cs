using Gateway.Configuration;
using Gateway.Hosting;

namespace Gateway;

/// <summary>The rules that come with a host.</summary>
internal static class HostRules
{
    public static IReadOnlyList<IConfigRule> Of(GatewayHost host) => host == GatewayHost.Functions ? [new FunctionsRules()] : [];
}
