using Gateway.Requests;
using Microsoft.AspNetCore.Http;

namespace Gateway.Authorization;

/// <summary>Asks of a known caller what the route wants: scopes, claims, groups, plans. All must be met; the first that is not is named.</summary>
internal sealed class AuthorizationStage : IRouteStage
{
    public RequestDelegate Compile(EffectiveRoute route, RequestDelegate next)
    {
        var rules = RouteRules.Of(route);
        return rules is null ? next : context =>
        {
            var caller = context.Gateway().Caller;
            return rules.Check(caller) is { } failure ? context.Refuse(failure) : next(context);
        };
    }
}
