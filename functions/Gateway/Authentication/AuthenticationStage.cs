using Gateway.Authentication.Jwt;
using Gateway.Errors;
using Gateway.Requests;
using Microsoft.AspNetCore.Http;
using Records;

namespace Gateway.Authentication;

/// <summary>Finds out who calls: any of the credentials that the route accepts, and none that is bad.</summary>
/// <remarks>
/// 1. Every credential presented is checked, also of a kind that the route does not accept; one that is bad is 401, whatever else is there.
/// 2. Of the good ones that the route accepts, the first in the route's list is the caller.
/// 3. Good but not accepted here, or of a foreign scheme: as if it were not there where anonymous is allowed, else 401 credentials-invalid.
/// 4. Nothing presented: anonymous where the route says so, else 401 credentials-missing.
/// Where only anonymous is accepted, Authorization belongs to the service behind: it is neither read nor removed, unless it holds an API key.
/// What was checked is removed from the request before it goes on. A token in the query is never read.
/// </remarks>
internal sealed class AuthenticationStage(KeyCheck keys, TokenAuthenticator tokens, IssuerRegistry issuers, AuthenticationMetrics metrics) : IRouteStage
{
    public RequestDelegate Compile(EffectiveRoute route, RequestDelegate next)
    {
        var accepted = new AcceptedCredentials(route, issuers);
        return context => InvokeAsync(context, accepted, next);
    }

    // What is in memory is not waited for, and then nothing of this stage stays behind while the request goes on.
    private Task InvokeAsync(HttpContext context, AcceptedCredentials accepted, RequestDelegate next)
    {
        var field = AuthorizationField.Read(context.Request.Headers);
        if (field.Scheme == AuthorizationScheme.Malformed && !accepted.OnlyAnonymous)
        {
            return context.Refuse(Invalid(accepted, "The Authorization header is malformed. Send one, with a scheme, a space and the credential.", accepted.Tokens));
        }

        var presented = PresentedAsync(context, field, accepted);
        return presented.IsCompletedSuccessfully ? GoOn(context, field, presented.Result, accepted, next) : AwaitAsync(context, field, presented, accepted, next);
    }

    private async Task AwaitAsync(HttpContext context, AuthorizationField field, ValueTask<Presented> presented, AcceptedCredentials accepted, RequestDelegate next) =>
        await GoOn(context, field, await presented, accepted, next);

    private Task GoOn(HttpContext context, AuthorizationField field, Presented presented, AcceptedCredentials accepted, RequestDelegate next)
    {
        var (caller, failure) = Decide(presented, accepted, isForeign: field.Scheme == AuthorizationScheme.Other);
        if (caller is null)
        {
            return context.Refuse(failure!);
        }

        RemoveCredentials(context.Request.Headers, field.Scheme, accepted);
        context.Gateway().Caller = caller;
        return next(context);
    }

    // 1.
    private ValueTask<Presented> PresentedAsync(HttpContext context, AuthorizationField field, AcceptedCredentials accepted)
    {
        var key = keys(context, accepted.Config.Keys, accepted.Config.DefaultPlan);
        return key.IsCompletedSuccessfully ? BesideAsync(key.Result, context, field, accepted) : AwaitAsync(key, context, field, accepted);
    }

    private async ValueTask<Presented> AwaitAsync(ValueTask<AuthenticationResult> key, HttpContext context, AuthorizationField field, AcceptedCredentials accepted) =>
        await BesideAsync(await key, context, field, accepted);

    // The token that stands beside a key, or alone.
    private ValueTask<Presented> BesideAsync(AuthenticationResult key, HttpContext context, AuthorizationField field, AcceptedCredentials accepted)
    {
        if (!key.IsNone)
        {
            metrics.Presented(AuthConfig.ApiKey, key);
        }

        // Where the key is bad the answer is known, and the token's signature need not be verified.
        if (field.Scheme != AuthorizationScheme.Bearer || accepted.OnlyAnonymous || IsBad(key))
        {
            return new(new Presented(key, AuthenticationResult.None));
        }

        if (ApiKeyText.IsMeantAsKey(field.Credential.Span))
        {
            return new(Beside(key, accepted.KeyAsToken));
        }

        var token = tokens.AuthenticateAsync(field.Credential, accepted.Issuers, accepted.Config, context.RequestAborted);
        return token.IsCompletedSuccessfully ? new(Beside(key, token.Result.Result)) : AwaitAsync(key, token);
    }

    private async ValueTask<Presented> AwaitAsync(AuthenticationResult key, ValueTask<TokenAuthentication> token) => Beside(key, (await token).Result);

    private Presented Beside(AuthenticationResult key, AuthenticationResult token)
    {
        metrics.Presented("bearer", token);
        return new(key, token);
    }

    private (Caller? Caller, Failure? Failure) Decide(Presented presented, AcceptedCredentials accepted, bool isForeign)
    {
        if (IsBad(presented.Token) || IsBad(presented.Key))
        {
            var isToken = IsBad(presented.Token);
            return (null, Invalid(accepted, (isToken ? presented.Token : presented.Key).Failure?.Detail, isToken, isKey: !isToken));
        }

        // 2. A store or issuer that is away, or a suspended consumer, counts only where that credential does.
        if (accepted.Keys && presented.Key.Failure is { } ofKey)
        {
            return (null, ofKey);
        }

        if (accepted.Tokens && presented.Token.Failure is { } ofToken)
        {
            return (null, ofToken);
        }

        if (presented.Best(accepted) is { } caller)
        {
            return (caller, null);
        }

        // 3. and 4.
        metrics.Absent(accepted.Anonymous);
        return accepted.Anonymous ? (Caller.Anonymous, null)
            : isForeign || !presented.IsNothing ? (null, Invalid(accepted, $"This kind of credential is not accepted here. {accepted.Wanted}", isToken: false))
            : (null, Missing(accepted));
    }

    private static bool IsBad(AuthenticationResult result) => result.Failure?.Error == GatewayError.CredentialsInvalid;

    private static Failure Invalid(AcceptedCredentials accepted, string? detail, bool isToken, bool isKey = false) => new(GatewayError.CredentialsInvalid)
    {
        Detail = detail,
        Headers = Challenges.For(accepted.Tokens, accepted.Keys, isToken ? detail : null, keyFailed: isKey),
    };

    private static Failure Missing(AcceptedCredentials accepted) =>
        new(GatewayError.CredentialsMissing) { Detail = accepted.Wanted, Headers = Challenges.For(accepted.Tokens, accepted.Keys) };

    private static void RemoveCredentials(IHeaderDictionary headers, AuthorizationScheme scheme, AcceptedCredentials accepted)
    {
        if (scheme == AuthorizationScheme.ApiKey || (scheme == AuthorizationScheme.Bearer && !accepted.OnlyAnonymous))
        {
            headers.Remove("Authorization");
        }

        var names = accepted.Config.Keys.Headers;
        for (var index = 0; index < names.Count; index++)
        {
            headers.Remove(names[index]);
        }
    }

    private readonly record struct Presented(AuthenticationResult Key, AuthenticationResult Token)
    {
        public bool IsNothing => Key.IsNone && Token.IsNone;

        /// <summary>Of the good ones that the route accepts, the first in its list.</summary>
        public Caller? Best(AcceptedCredentials accepted)
        {
            var key = Key.Caller is { } ofKey && accepted.Accepts(ofKey) ? ofKey : null;
            var token = Token.Caller is { } ofToken && accepted.Accepts(ofToken) ? ofToken : null;
            return key is null ? token
                : token is null || accepted.Rank(key) <= accepted.Rank(token) ? key
                : token;
        }
    }
}
