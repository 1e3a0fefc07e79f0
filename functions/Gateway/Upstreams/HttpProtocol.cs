namespace Gateway.Upstreams;

/// <summary>The HTTP version spoken to a service.</summary>
public enum HttpProtocol
{
    Auto,
    Http1,
    Http2,
}
