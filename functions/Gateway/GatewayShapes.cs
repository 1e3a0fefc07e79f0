using System.Net;
using System.Text.Json.Nodes;
using Gateway.Addresses;
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

/// <summary>Every type that a configuration is made of. They are named here, not found: so a compiler ahead of time knows what it must keep.</summary>
internal static class GatewayShapes
{
    public static IReadOnlyList<ShapeFamily> All { get; } =
    [
        ShapeFamily.Value<string>(static () => Scalars.Text),
        ShapeFamily.Value<bool>(static () => Scalars.Truth),
        ShapeFamily.Value<int>(static () => Scalars.Whole),
        ShapeFamily.Value<long>(static () => Scalars.Long),
        ShapeFamily.Value<TimeSpan>(static () => Scalars.Duration),
        ShapeFamily.Value<ByteSize>(static () => Scalars.Size),
        ShapeFamily.Value<IPNetwork>(static () => Scalars.Network),
        ShapeFamily.Value<JsonNode>(static () => new JsonShape()),

        ShapeFamily.Choice<BalanceMode>(),
        ShapeFamily.Choice<CalendarPeriod>(),
        ShapeFamily.Choice<HttpProtocol>(),
        ShapeFamily.Choice<LimitMode>(),
        ShapeFamily.Choice<TlsMode>(),
        ShapeFamily.Choice<WhenUnavailable>(),

        ShapeFamily.Record<GatewayConfig>(),
        ShapeFamily.Record<AddressesConfig>(),
        ShapeFamily.Record<ApiConfig>(),
        ShapeFamily.Record<AuthConfig>(),
        ShapeFamily.Record<BodyConfig>(),
        ShapeFamily.Record<ComposePartConfig>(),
        ShapeFamily.Record<ConditionConfig>(),
        ShapeFamily.Record<CorsConfig>(),
        ShapeFamily.Record<CredentialConfig>(),
        ShapeFamily.Record<DefaultsConfig>(),
        ShapeFamily.Record<EjectConfig>(),
        ShapeFamily.Record<ForwardConfig>(),
        ShapeFamily.Record<HeaderRulesConfig>(),
        ShapeFamily.Record<IssuerConfig>(),
        ShapeFamily.Record<KeysConfig>(),
        ShapeFamily.Record<LimitConfig>(),
        ShapeFamily.Record<LimitKeyConfig>(),
        ShapeFamily.Record<MatchConfig>(),
        ShapeFamily.Record<MeshConfig>(),
        ShapeFamily.Record<PathRuleConfig>(),
        ShapeFamily.Record<PlanLimitConfig>(),
        ShapeFamily.Value<IReadOnlyDictionary<string, PlanLimitConfig>>(static () => new MapShape<PlanLimitConfig>(Shapes.Of(typeof(PlanLimitConfig)))),
        ShapeFamily.Record<QueryRulesConfig>(),
        ShapeFamily.Record<RedirectConfig>(),
        ShapeFamily.Record<RequirementConfig>(),
        ShapeFamily.Record<RespondConfig>(),
        ShapeFamily.Record<ResponseConfig>(),
        ShapeFamily.Record<RetryConfig>(),
        ShapeFamily.Record<RouteConfig>(),
        ShapeFamily.Record<ServiceConfig>(),
        ShapeFamily.Record<TimeoutConfig>(),
    ];
}
