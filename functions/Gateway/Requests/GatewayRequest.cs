using System.Net;
using Gateway.Errors;

namespace Gateway.Requests;

/// <summary>What the stages have found out about one request so far. The one feature that they share.</summary>
internal sealed class GatewayRequest
{
    /// <summary>The request's id: in the answer (X-Request-Id), the logs, problems and what services see.</summary>
    public required string Id { get; init; }

    /// <summary>The trace to continue in calls to services. Null: an activity says it, because somebody listens or the caller's trace has a state.</summary>
    public TraceLink? Trace { get; set; }

    /// <summary>Id of the configuration that this request sees from beginning to end; null before the first is loaded.</summary>
    public string? Release { get; set; }

    /// <summary>The path that is matched and forwarded: raw bytes as sent, normalised by the hygiene stage. Begins with a slash.</summary>
    public string Path { get; set; } = "/";

    /// <summary>The raw query with its question mark, or empty.</summary>
    public string Query { get; set; } = "";

    /// <summary>Scheme as the client used it: "http" or "https", seen through trusted proxies.</summary>
    public string Scheme { get; set; } = "http";

    /// <summary>Host as the client used it, with the port if not the scheme's own, seen through trusted proxies.</summary>
    public string Host { get; set; } = "";

    /// <summary>The client's address: the right-most hop that is not a trusted proxy; v4-mapped addresses as v4.</summary>
    public IPAddress ClientAddress { get; set; } = IPAddress.None;

    /// <summary>Hops that the trusted proxies reported, client first, ours (the peer) last; for the rebuilt Forwarded headers.</summary>
    public IReadOnlyList<IPAddress> TrustedHops { get; set; } = [];

    /// <summary>Name of the matched route, or null.</summary>
    public string? Route { get; set; }

    /// <summary>Path template of the matched route with its api's path in front: the http.route attribute. Null without a route.</summary>
    public string? Template { get; set; }

    /// <summary>Values of the template's parameters, raw (percent-encoded) as they stood in the path. Read when they are first asked for.</summary>
    public IReadOnlyDictionary<string, string> PathValues
    {
        get => field ??= ReadPathValues?.Invoke(Path) ?? Empty;
        set;
    }

    /// <summary>How the matched template reads a path; null: it has no parameters.</summary>
    public Func<string, IReadOnlyDictionary<string, string>>? ReadPathValues { get; set; }

    /// <summary>False: hygiene has seen every header field, and none is one that only the gateway or the platform may set.</summary>
    public bool MayHoldForeignFields { get; set; } = true;

    /// <summary>True: a CORS preflight for the matched route (whose method is the one asked for).</summary>
    public bool IsPreflight { get; set; }

    public Caller Caller { get; set; } = Caller.Anonymous;

    /// <summary>The field RateLimit-Policy of the answer; null: no limit is told of.</summary>
    public string? LimitPolicy { get; set; }

    /// <summary>The field RateLimit of the answer.</summary>
    public string? LimitState { get; set; }

    /// <summary>What failed, if anything; the errors stage turns it into the answer.</summary>
    public Failure? Failure { get; set; }

    /// <summary>The calls to services that were made, in the order in which they ended; for the access log.</summary>
    public UpstreamCall? Upstream { get; set; }

    private static readonly IReadOnlyDictionary<string, string> Empty = new Dictionary<string, string>();
}
