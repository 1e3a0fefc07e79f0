using Gateway.Configuration;

namespace Gateway.Upstreams;

/// <summary>A backend. A plain text is its one url.</summary>
[Plain(nameof(Urls))]
public sealed record ServiceConfig
{
    /// <summary>Base addresses, all equal. A path in one stands before the path that is forwarded.</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>How the connection is secured. Unset: public for https, off for http.</summary>
    public TlsMode? Tls { get; init; }

    /// <summary>The mesh identity that must answer. Unset: this service's name.</summary>
    public string? Identity { get; init; }

    /// <summary>The Host that the service sees: "url" (default), "preserve" for the client's, or a host name.</summary>
    public string Host { get; init; } = "url";

    /// <summary>The HTTP version spoken. auto (default): HTTP/2 where https negotiates it, else HTTP/1.1. http2 on a plain http url is prior knowledge, as gRPC needs.</summary>
    public HttpProtocol Protocol { get; init; } = HttpProtocol.Auto;

    /// <summary>How one of several urls is chosen. Default two-choices.</summary>
    public BalanceMode Balance { get; init; } = BalanceMode.TwoChoices;

    /// <summary>When a url is set aside.</summary>
    public EjectConfig Eject { get; init; } = new();

    /// <summary>When a call is repeated.</summary>
    public RetryConfig Retry { get; init; } = new();

    /// <summary>How long is waited. A plain duration means firstByte.</summary>
    public TimeoutConfig Timeout { get; init; } = new();

    /// <summary>Headers set on, or removed from, what is sent to the service.</summary>
    public HeaderRulesConfig? Headers { get; init; }

    /// <summary>A credential of the gateway's own that is sent. Unset: none.</summary>
    public CredentialConfig? Credential { get; init; }
}

/// <summary>How the connection to a service is secured.</summary>
public enum TlsMode
{
    /// <summary>Ordinary TLS: the server proves itself by a public certificate and its host name.</summary>
    Public,

    /// <summary>Both sides prove their mesh identity.</summary>
    Mesh,

    /// <summary>We present our mesh certificate; the server proves itself by public TLS.</summary>
    MeshClient,

    /// <summary>None: http only.</summary>
    Off,
}

/// <summary>The HTTP version spoken to a service.</summary>
public enum HttpProtocol
{
    Auto,
    Http1,
    Http2,
}

/// <summary>How one of several urls is chosen.</summary>
public enum BalanceMode
{
    /// <summary>Of two taken at random, the one with fewer requests under way.</summary>
    TwoChoices,

    /// <summary>Each in turn.</summary>
    RoundRobin,

    /// <summary>The first one that is not set aside.</summary>
    First,
}

/// <summary>When a url is set aside. Never are all of them.</summary>
public sealed record EjectConfig
{
    /// <summary>After so many failures in a row. Default 5.</summary>
    public int After { get; init; } = 5;

    /// <summary>For so long. Default 30s.</summary>
    public TimeSpan For { get; init; } = TimeSpan.FromSeconds(30);
}

/// <summary>When a call is repeated.</summary>
public sealed record RetryConfig
{
    /// <summary>Attempts in all, the first included. Default 2.</summary>
    public int Attempts { get; init; } = 2;

    /// <summary>What is repeated: connect (default), 429, 502, 503, 504. The statuses only for idempotent methods, with bodies kept up to 1MB.</summary>
    [AnyScalar]
    public IReadOnlyList<string> On { get; init; } = ["connect"];
}

/// <summary>How long is waited for a service.</summary>
[Plain(nameof(FirstByte))]
public sealed record TimeoutConfig
{
    /// <summary>For a connection. Default 2s.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>For the answer's header fields, from when the request is sent. Default 10s.</summary>
    public TimeSpan FirstByte { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>With no byte moving in either direction. Default 60s.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(60);
}

/// <summary>Headers that are set or removed; what is set replaces what was there.</summary>
public sealed record HeaderRulesConfig
{
    /// <summary>Values by header name; templates where the place allows them.</summary>
    public IReadOnlyDictionary<string, string> Set { get; init; } = new OrderedDictionary<string, string>();

    /// <summary>Names of headers to remove.</summary>
    public IReadOnlyList<string> Remove { get; init; } = [];
}

/// <summary>A credential of the gateway's own that a service is sent.</summary>
public sealed record CredentialConfig
{
    /// <summary>The scope for which the managed identity asks a token, such as "api://orders/.default".</summary>
    public required string ManagedIdentity { get; init; }
}
