using System.Security.Authentication;
using Gateway.Errors;
using Mesh.Calls;

namespace Gateway.Upstreams;

/// <summary>Why an attempt gave no answer, and how far it had come.</summary>
internal readonly record struct UpstreamFailure(GatewayError Error, FailurePoint Point)
{
    /// <summary>Reads the exception of a handler.</summary>
    public static UpstreamFailure Of(Exception exception, CallClock clock, SentContent? content) => exception switch
    {
        _ when clock.Caller.IsCancellationRequested => new(GatewayError.ClientGone, FailurePoint.Client),
        _ when clock.Expired && content is { AwaitsClient: true } => new(GatewayError.RequestTimeout, FailurePoint.Client),
        _ when clock.Expired => new(GatewayError.UpstreamTimeout, FailurePoint.Waiting),
        _ when content is { ClientFailed: true } => new(GatewayError.MalformedRequest, FailurePoint.Client),
        // The one time-out that the handler keeps by itself is that for connecting.
        OperationCanceledException { InnerException: TimeoutException } => new(GatewayError.UpstreamTimeout, FailurePoint.Connecting),
        NoTokenException => new(GatewayError.IdentityUnavailable, FailurePoint.Ourselves),
        MeshUnavailableException => new(GatewayError.MeshUnavailable, FailurePoint.Ourselves),
        HttpRequestException { InnerException: MeshIdentityException } => new(GatewayError.UpstreamIdentityMismatch, FailurePoint.Connecting),
        HttpRequestException { HttpRequestError: HttpRequestError.VersionNegotiationError } => new(GatewayError.UpstreamUnreachable, FailurePoint.Negotiating),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } secure =>
            new(secure.InnerException is AuthenticationException ? GatewayError.UpstreamIdentityMismatch : GatewayError.UpstreamUnreachable, FailurePoint.Connecting),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } =>
            new(GatewayError.UpstreamUnreachable, FailurePoint.Connecting),
        _ => new(GatewayError.UpstreamUnreachable, FailurePoint.Broken),
    };

    /// <summary>
    /// True: the address is to blame. Neither a client that gives up, nor a version that cannot be agreed on, nor a lack of our own says anything of its health.
    /// </summary>
    public bool IsOfService => Point is not (FailurePoint.Client or FailurePoint.Negotiating or FailurePoint.Ourselves);
}

/// <summary>How far an attempt had come when it failed.</summary>
internal enum FailurePoint
{
    /// <summary>No connection was made, so no byte was sent.</summary>
    Connecting,

    /// <summary>The HTTP version could not be agreed on.</summary>
    Negotiating,

    /// <summary>The connection broke before the answer; the service may have seen the request.</summary>
    Broken,

    /// <summary>The time was up; the service may be at work.</summary>
    Waiting,

    /// <summary>The client went away, or its body failed.</summary>
    Client,

    /// <summary>Nothing was sent: the gateway lacks what it would prove itself with, a certificate or a token, or whom to trust.</summary>
    Ourselves,
}
