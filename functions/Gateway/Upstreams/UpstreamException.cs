using Gateway.Errors;

namespace Gateway.Upstreams;

/// <summary>A service gave no answer.</summary>
internal sealed class UpstreamException(GatewayError error, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>UpstreamUnreachable, UpstreamTimeout, UpstreamIdentityMismatch, MeshUnavailable or IdentityUnavailable.</summary>
    public GatewayError Error { get; } = error;
}
