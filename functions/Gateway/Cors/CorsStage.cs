using Microsoft.AspNetCore.Http;

namespace Gateway.Cors;

/// <summary>Cross-origin resource sharing by the Fetch standard: ends preflights, and marks every other answer, errors included.</summary>
internal sealed class CorsStage : IRouteStage
{
    public RequestDelegate Compile(EffectiveRoute route, RequestDelegate next)
    {
        if (route.Cors is not { } config)
        {
            return next;
        }

        var policy = new CorsAnswers(config, route);
        return context =>
        {
            if (policy.EndsHere(context))
            {
                return Task.CompletedTask;
            }

            context.Response.OnStarting(policy.MarkAsync, context);
            return next(context);
        };
    }
}
