using System.Net;
using Gateway.Authentication;
using Gateway.Configuration;
using Gateway.Limits;
using Gateway.Upstreams;

namespace Gateway;

/// <summary>Everything an operator can set: one YAML file, as written, before anything is inherited or compiled.</summary>
public sealed record GatewayConfig
{
    /// <summary>When the file was written, in seconds of Unix time: where instances differ, the numbers of the newest count. Zero: not from a file.</summary>
    [NoKey]
    public long Revision { get; init; }

    /// <summary>Version of the configuration language. Must be 1.</summary>
    public required int Version { get; init; }

    /// <summary>Networks (CIDR) of proxies whose Forwarded and X-Forwarded-* headers are believed. Default: none.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>The mesh that this gateway belongs to. Unset: none.</summary>
    public MeshConfig? Mesh { get; init; }

    /// <summary>Issuers of JSON Web Tokens, by name. The names share one space with apiKey, mesh and anonymous.</summary>
    public IReadOnlyDictionary<string, IssuerConfig> Issuers { get; init; } = new OrderedDictionary<string, IssuerConfig>();

    /// <summary>Backends, by name.</summary>
    public IReadOnlyDictionary<string, ServiceConfig> Services { get; init; } = new OrderedDictionary<string, ServiceConfig>();

    /// <summary>Limits that routes refer to, by name.</summary>
    public IReadOnlyDictionary<string, LimitConfig> Limits { get; init; } = new OrderedDictionary<string, LimitConfig>();

    /// <summary>Plans, by name: for each limit that the plan changes, its own number.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, PlanLimitConfig>> Plans { get; init; } =
        new OrderedDictionary<string, IReadOnlyDictionary<string, PlanLimitConfig>>();

    /// <summary>The plan of consumers that name none. Unset: the limits' own numbers.</summary>
    public string? DefaultPlan { get; init; }

    /// <summary>How API keys are read.</summary>
    public KeysConfig Keys { get; init; } = new();

    /// <summary>Settings that every route inherits.</summary>
    public DefaultsConfig Defaults { get; init; } = new();

    /// <summary>Groups of routes with settings in common, by name.</summary>
    public IReadOnlyDictionary<string, ApiConfig> Apis { get; init; } = new OrderedDictionary<string, ApiConfig>();

    /// <summary>Routes without an api, by name.</summary>
    public IReadOnlyDictionary<string, RouteConfig> Routes { get; init; } = new OrderedDictionary<string, RouteConfig>();
}
