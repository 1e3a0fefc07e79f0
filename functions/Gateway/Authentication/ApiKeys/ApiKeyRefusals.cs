using Gateway.Errors;
using Records;

namespace Gateway.Authentication.ApiKeys;

/// <summary>What clients are told of keys that are refused. Which of unknown, revoked, expired and forged it was stays between us and the metrics.</summary>
internal sealed class ApiKeyRefusals(ApiKeyMetrics metrics)
{
    private static readonly AuthenticationResult AmbiguousAnswer = Invalid("The request carries several different API keys. Send one.");
    private static readonly AuthenticationResult ShapeAnswer = Invalid("This is not an API key: keys begin with sgw_live_ or sgw_test_ and are 53 characters long.");
    private static readonly AuthenticationResult CheckDigitsAnswer = Invalid("The key's check digits are wrong: it was mistyped or cut.");
    private static readonly AuthenticationResult NotGoodAnswer = Invalid("The key is unknown, revoked or expired.");

    private static readonly AuthenticationResult SuspendedAnswer = AuthenticationResult.Refuse(new(GatewayError.Forbidden)
    {
        Detail = "The consumer is suspended. Ask the operator.",
        Members = [new("rule", "consumer-suspended")],
    });

    private static readonly AuthenticationResult UnavailableAnswer = AuthenticationResult.Refuse(new(GatewayError.CredentialStoreUnavailable)
    {
        Detail = "The key cannot be checked now. Try again after the time in Retry-After.",
        Headers = [new("Retry-After", "2")],
    });

    public AuthenticationResult Ambiguous() => Count(ApiKeyRefusal.Ambiguous, AmbiguousAnswer);

    public AuthenticationResult Malformed(ApiKeyFault fault) => fault == ApiKeyFault.CheckDigits
        ? Count(ApiKeyRefusal.CheckDigits, CheckDigitsAnswer)
        : Count(ApiKeyRefusal.Shape, ShapeAnswer);

    public AuthenticationResult NotGood(ApiKeyRefusal reason) => Count(reason, NotGoodAnswer);

    public AuthenticationResult Suspended() => Count(ApiKeyRefusal.Suspended, SuspendedAnswer);

    public AuthenticationResult Unavailable() => Count(ApiKeyRefusal.Unavailable, UnavailableAnswer);

    private AuthenticationResult Count(ApiKeyRefusal reason, AuthenticationResult answer)
    {
        metrics.Refused(reason);
        return answer;
    }

    private static AuthenticationResult Invalid(string detail) =>
        AuthenticationResult.Refuse(new(GatewayError.CredentialsInvalid) { Detail = detail });
}
