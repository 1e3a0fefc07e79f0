namespace Gateway.Errors;

/// <summary>The one table from errors to HTTP.</summary>
public static class GatewayErrors
{
    /// <summary>What a client sees of an error.</summary>
    /// <param name="Status">HTTP status code.</param>
    /// <param name="Slug">Stable name; the problem's type is /_gateway/problems/slug.</param>
    /// <param name="Title">The same for every occurrence (RFC 9457 §3.1.4).</param>
    /// <param name="Retryable">True: the same request may succeed later, unchanged.</param>
    /// <param name="Meaning">One or two sentences for the problem's page: what it means.</param>
    /// <param name="Mend">What the caller can do.</param>
    public sealed record Row(int Status, string Slug, string Title, bool Retryable, string Meaning, string Mend);

    /// <summary>The row of an error.</summary>
    public static Row Describe(this GatewayError error) => error switch
    {
        GatewayError.NoRoute => new(404, "no-route", "No route matches this request.", false,
            "The gateway has no route for this host, path, headers and query.",
            "Check the path: it is case-sensitive and a trailing slash counts. `gw routes FILE METHOD PATH` shows what would match, and why."),
        GatewayError.MethodNotAllowed => new(405, "method-not-allowed", "The method is not allowed here.", false,
            "Routes exist for this path, but none for this method.",
            "Use one of the methods in the Allow header of the answer."),
        GatewayError.MalformedRequest => new(400, "malformed-request", "The request is malformed.", false,
            "The request holds something that no honest client sends, such as both Content-Length and Transfer-Encoding, control bytes in a header, or bad percent-encoding.",
            "The detail names the place. Mend the client."),
        GatewayError.RequestTooLarge => new(413, "request-too-large", "The request body is too large.", false,
            "The body is larger than this route takes.",
            "Send less at a time. The detail names the limit."),
        GatewayError.RequestTimeout => new(408, "request-timeout", "The request body came too slowly.", true,
            "The gateway stopped waiting for the body.",
            "Send the request again over a better connection."),
        GatewayError.UnsupportedMediaType => new(415, "unsupported-media-type", "The body's media type is not accepted.", false,
            "This route takes bodies of other types.",
            "Send one of the types in the Accept header of the answer, and say so in Content-Type."),
        GatewayError.AddressNotAllowed => new(403, "address-not-allowed", "This client address is not allowed.", false,
            "The route is open to certain addresses only.",
            "Call from an address that is allowed, or ask the operator."),
        GatewayError.CredentialsMissing => new(401, "credentials-missing", "A credential is needed.", false,
            "This route wants a credential and the request has none.",
            "The WWW-Authenticate header of the answer names the kinds that are accepted."),
        GatewayError.CredentialsInvalid => new(401, "credentials-invalid", "The credential is not valid.", false,
            "A credential was sent, and it is wrong, expired, revoked or not accepted here.",
            "Get a new one. A bad credential is refused even where none is needed."),
        GatewayError.Forbidden => new(403, "forbidden", "The caller lacks a right.", false,
            "The credential is good, but a rule of this route asks for a scope, claim, group or plan that it does not carry.",
            "The member `rule` names the rule. Ask for a credential that carries what it wants."),
        GatewayError.RateLimited => new(429, "rate-limited", "A limit is reached.", true,
            "The caller has used up what one of the route's limits allows for now.",
            "Wait as many seconds as Retry-After says. The member `violated-policies` names the limits."),
        GatewayError.LimiterUnavailable => new(503, "limiter-unavailable", "Limits cannot be counted now.", true,
            "The store that the limits are counted in does not answer, and this limit rather refuses than guesses.",
            "Try again after Retry-After."),
        GatewayError.UpstreamUnreachable => new(502, "upstream-unreachable", "The service behind the gateway cannot be reached.", true,
            "No connection to the service could be made, or it broke before an answer came.",
            "Try again. If it lasts, the service's operator has to look."),
        GatewayError.UpstreamTimeout => new(504, "upstream-timeout", "The service behind the gateway did not answer in time.", true,
            "The service accepted the call and was silent for longer than the route waits.",
            "Try again with care: the service may still carry out what was asked."),
        GatewayError.UpstreamIdentityMismatch => new(502, "upstream-identity-mismatch", "The service behind the gateway could not prove who it is.", true,
            "Something answered at the service's address without the identity that the configuration names.",
            "The service's operator has to look."),
        GatewayError.MeshUnavailable => new(503, "mesh-unavailable", "The gateway cannot prove itself to the service now.", true,
            "The gateway has no valid certificate, or could not find out for too long whom it may trust. Rather than trust blindly it calls nobody.",
            "Try again after Retry-After. The operator finds the reason in the gateway's log and with `gw certs status`."),
        GatewayError.NotServedHere => new(501, "not-served-here", "Such a request cannot be served here.", false,
            "The platform that this gateway runs on cannot carry what was asked for. On Azure Functions these are WebSocket, other upgrades of a connection, and gRPC.",
            "Ask the operator for an address where the gateway runs as a container."),
        GatewayError.IdentityUnavailable => new(503, "identity-unavailable", "The gateway cannot say who it is to the service now.", true,
            "The service wants a token of the gateway's own identity, and none could be had. Rather than call without it the gateway does not call.",
            "Try again after Retry-After. The operator finds the reason in the gateway's log."),
        GatewayError.PartFailed => new(502, "part-failed", "A part of the answer could not be had.", true,
            "This answer is put together from several services, and one that it cannot do without failed.",
            "The member `part` names it. Try again."),
        GatewayError.ConfigurationUnavailable => new(503, "configuration-unavailable", "The gateway has no configuration yet.", true,
            "The gateway is up, but has not been able to load a configuration.",
            "Try again shortly. The operator finds the reason in the gateway's log."),
        GatewayError.CredentialStoreUnavailable => new(503, "credential-store-unavailable", "Credentials cannot be checked now.", true,
            "The store of keys and consumers does not answer, and this credential has not been seen lately.",
            "Try again after Retry-After."),
        GatewayError.IssuerUnavailable => new(503, "issuer-unavailable", "The token issuer cannot be reached.", true,
            "The issuer's signing keys could not be fetched, so that no token of it can be checked.",
            "Try again after Retry-After."),
        GatewayError.ClientGone => new(499, "client-gone", "The client went away.", true,
            "The client closed its connection before the answer was complete. Only logs and metrics show this.",
            "Nothing."),
        GatewayError.Internal => new(500, "internal-error", "The gateway failed.", true,
            "A fault of the gateway's own.",
            "Try again, and tell the operator the request id."),
        _ => throw new ArgumentOutOfRangeException(nameof(error), error, "Add the new error to this table."),
    };
}
