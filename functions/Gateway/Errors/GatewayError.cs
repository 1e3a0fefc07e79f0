namespace Gateway.Errors;

/// <summary>Every way in which the gateway itself can fail a request. <see cref="GatewayErrors"/> says what each means to a client.</summary>
public enum GatewayError
{
    /// <summary>No route takes this host, path, headers and query.</summary>
    NoRoute,

    /// <summary>The path is known, but not with this method.</summary>
    MethodNotAllowed,

    /// <summary>The request is one that no honest client sends.</summary>
    MalformedRequest,

    /// <summary>The body is larger than the route takes.</summary>
    RequestTooLarge,

    /// <summary>The body came too slowly.</summary>
    RequestTimeout,

    /// <summary>The body is of a type that the route does not take.</summary>
    UnsupportedMediaType,

    /// <summary>The client's address is not let in.</summary>
    AddressNotAllowed,

    /// <summary>The route wants a credential and none was sent.</summary>
    CredentialsMissing,

    /// <summary>A credential was sent and is not good.</summary>
    CredentialsInvalid,

    /// <summary>The caller is known and lacks a right.</summary>
    Forbidden,

    /// <summary>A limit is reached.</summary>
    RateLimited,

    /// <summary>A limit cannot be counted now.</summary>
    LimiterUnavailable,

    /// <summary>No connection to the service could be made, or it broke before the answer.</summary>
    UpstreamUnreachable,

    /// <summary>The service did not answer in time.</summary>
    UpstreamTimeout,

    /// <summary>The service could not prove the identity that the configuration names.</summary>
    UpstreamIdentityMismatch,

    /// <summary>This gateway cannot make mesh calls now: no certificate of its own, or no trust that is young enough.</summary>
    MeshUnavailable,

    /// <summary>Where this gateway runs such a request cannot be served.</summary>
    NotServedHere,

    /// <summary>This gateway cannot get the token now that would tell the service who it is.</summary>
    IdentityUnavailable,

    /// <summary>A required part of a composed answer failed.</summary>
    PartFailed,

    /// <summary>No configuration has been loaded yet.</summary>
    ConfigurationUnavailable,

    /// <summary>Keys or consumers cannot be looked up now.</summary>
    CredentialStoreUnavailable,

    /// <summary>The issuer's signing keys cannot be had now.</summary>
    IssuerUnavailable,

    /// <summary>The client went away; nobody sees this answer, but logs and metrics count it.</summary>
    ClientGone,

    /// <summary>A fault of the gateway's own.</summary>
    Internal,
}
