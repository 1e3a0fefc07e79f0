using Gateway.Errors;
using Gateway.Requests;

namespace Gateway.Authentication;

/// <summary>What one kind of credential says of a request: not there, a caller, or a failure.</summary>
internal readonly record struct AuthenticationResult(Caller? Caller, Failure? Failure)
{
    /// <summary>The request carries no credential of this kind.</summary>
    public static AuthenticationResult None => default;

    public static AuthenticationResult Accept(Caller caller) => new(caller, null);

    public static AuthenticationResult Refuse(Failure failure) => new(null, failure);

    public bool IsNone => Caller is null && Failure is null;
}
