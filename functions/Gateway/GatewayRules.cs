using Gateway.Authentication;
using Gateway.Bodies;
using Gateway.Composition;
using Gateway.Configuration;
using Gateway.Cors;
using Gateway.Forwarding;
using Gateway.Limits;
using Gateway.Responding;
using Gateway.ResponseRules;
using Gateway.Routing;
using Gateway.Upstreams;

namespace Gateway;

/// <summary>The rules of every capability: what makes a configuration wrong that can be read.</summary>
internal static class GatewayRules
{
    public static IReadOnlyList<IConfigRule> All { get; } =
    [
        new GatewayConfigRules(),
        new RouteSettingsRules(),
        new IssuerRules(),
        new KeysRules(),
        new ServiceRules(),
        new LimitRules(),
        new MatchRules(),
        new AuthRules(),
        new CorsRules(),
        new BodyRules(),
        new ForwardRules(),
        new ComposeRules(),
        new RespondingRules(),
        new ResponseHeaderRules(),
    ];
}
