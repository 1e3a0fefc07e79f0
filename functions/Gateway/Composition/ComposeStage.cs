using Gateway.Requests;
using Gateway.Upstreams;
using Microsoft.AspNetCore.Http;

namespace Gateway.Composition;

/// <summary>Calls several services and answers with one JSON object. HEAD makes the same calls and gets the header fields alone.</summary>
internal sealed class ComposeStage(IUpstreams upstreams, TimeProvider time) : IRouteStage
{
    public RequestDelegate Compile(EffectiveRoute route, RequestDelegate next)
    {
        if (route.Compose is not { } configs)
        {
            return next;
        }

        var plan = ComposePlan.Build(configs, out var mistakes)
            ?? throw new InvalidOperationException($"The validation let the composition of {route.Name} through: {mistakes[0].Problem}");
        var services = plan.Parts.Select(part => upstreams.Get(part.Call.Service, route.Config)).ToArray();
        return context => ComposeAsync(context, plan, services, route.Timeout);
    }

    private async Task ComposeAsync(HttpContext context, ComposePlan plan, IUpstream[] services, TimeSpan? timeout)
    {
        using var run = new CompositionRun(context, plan, services, timeout, time);
        var (outcomes, failure) = await run.RunAsync();
        if (outcomes is null)
        {
            await context.Refuse(failure!);
            return;
        }

        await ComposedAnswer.WriteAsync(context, plan, outcomes);
    }
}
