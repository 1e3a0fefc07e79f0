namespace Gateway.Upstreams.Wire;

/// <summary>A call over the wire failed.</summary>
internal sealed class WireException(UpstreamFailure failure, Exception? inner = null) : IOException("The call to the service failed.", inner)
{
    public UpstreamFailure Failure => failure;

    /// <summary>What came is not HTTP, or not to be read in one way only.</summary>
    public static WireException NoAnswer() => new(new(Errors.GatewayError.UpstreamUnreachable, FailurePoint.Broken));
}
