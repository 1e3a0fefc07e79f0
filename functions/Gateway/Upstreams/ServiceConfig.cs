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
