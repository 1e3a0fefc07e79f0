using Gateway.Errors;
using Gateway.Upstreams;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace Gateway.Forwarding;

/// <summary>What a call that failed means to the client. Nothing here names an address.</summary>
internal static class ForwardFailures
{
    public static Failure Of(HttpContext context, Exchange exchange, ForwarderError error)
    {
        var body = BodyFault(context.Features.Get<IForwarderErrorFeature>()?.Exception);
        return body switch
        {
            { StatusCode: StatusCodes.Status413PayloadTooLarge } => new(GatewayError.RequestTooLarge),
            { StatusCode: StatusCodes.Status408RequestTimeout } => new(GatewayError.RequestTimeout),
            _ when context.RequestAborted.IsCancellationRequested && !EndedByUs(exchange, error) => new(GatewayError.ClientGone),
            not null => new(GatewayError.MalformedRequest) { Detail = "The body ends before it is complete, or is not framed as HTTP says." },
            _ => Of(exchange, error),
        };
    }

    // An answer that broke off is broken for the client too: the connection that then ends is not the client's doing.
    private static bool EndedByUs(Exchange exchange, ForwarderError error) =>
        error == ForwarderError.ResponseBodyDestination || (error == ForwarderError.ResponseBodyCanceled && exchange.Clock.Expired);

    private static Failure Of(Exchange exchange, ForwarderError error) => exchange switch
    {
        { Failure: { } failure } => Of(failure),
        { Clock.Expired: true } => new(GatewayError.UpstreamTimeout) { Detail = "The service began an answer and then fell silent." },
        _ => error switch
        {
            ForwarderError.RequestCreation => new(GatewayError.Internal),
            ForwarderError.RequestBodyClient => new(GatewayError.MalformedRequest) { Detail = "The body could not be read to its end." },
            _ => new(GatewayError.UpstreamUnreachable) { Detail = "The service's answer broke off, or is not one that can be passed on." },
        },
    };

    /// <summary>What an attempt that gave no answer means.</summary>
    public static Failure Of(UpstreamFailure failure) => new(failure.Error)
    {
        Detail = failure switch
        {
            { Error: GatewayError.RequestTimeout } => "No byte of the body came for longer than the gateway waits.",
            { Error: GatewayError.MalformedRequest } => "The body could not be read to its end.",
            { Error: GatewayError.UpstreamTimeout, Point: FailurePoint.Connecting } => "No connection to the service could be made in time.",
            { Error: GatewayError.UpstreamTimeout } => "The service took the call and sent nothing in time.",
            { Point: FailurePoint.Connecting } => "No connection to the service could be made.",
            { Point: FailurePoint.Negotiating } => "The service does not speak the HTTP version that is asked of it.",
            { Point: FailurePoint.Broken } => "The connection to the service broke before an answer came.",
            _ => null,
        },
        Headers = failure.Error is GatewayError.MeshUnavailable or GatewayError.IdentityUnavailable ? [new("Retry-After", "5")] : [],
    };

    private static BadHttpRequestException? BodyFault(Exception? exception) => exception switch
    {
        null => null,
        BadHttpRequestException fault => fault,
        AggregateException many => many.InnerExceptions.Select(BodyFault).FirstOrDefault(fault => fault is not null),
        _ => BodyFault(exception.InnerException),
    };
}
