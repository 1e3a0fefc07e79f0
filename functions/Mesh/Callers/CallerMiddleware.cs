using Mesh.Canaries;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Mesh.Callers;

/// <summary>Finds out who calls, and sees to it that no endpoint runs for whom it does not take. First in the app.</summary>
internal sealed class CallerMiddleware(RequestDelegate next, CallerJudge judge, CallerRules rules)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var state = judge.Identify(context);
        if (MeshEndpoint.Is(context))
        {
            await judge.AnswerCanaryAsync(context, state);
            return;
        }

        if (state.Caller is not null)
        {
            TakeSlowBody(context);
        }

        context.Features.Set<IEndpointFeature>(new GuardedEndpoint(state, rules, judge));
        try
        {
            await next(context);
        }
        finally
        {
            judge.CountAdmitted(state, rules.For(context.GetEndpoint()));
        }
    }

    // Kestrel ends an HTTP/2 connection, with every request on it, for one body that comes too slowly. A workload passes on bodies of clients,
    // whom it judges itself: one slow client must not end the requests of the others.
    private static void TakeSlowBody(HttpContext context) => context.Features.Get<IHttpMinRequestBodyDataRateFeature>()?.MinDataRate = null;
}
