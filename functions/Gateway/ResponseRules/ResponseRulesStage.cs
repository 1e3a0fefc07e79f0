using Gateway.Requests;
using Microsoft.AspNetCore.Http;

namespace Gateway.ResponseRules;

/// <summary>
/// Sets and removes headers of an action's answer, whichever action it is. Problems that the gateway itself answers with are left alone:
/// a rule about a service's answers (a cache lifetime, say) would lie about them.
/// </summary>
internal sealed class ResponseRulesStage : IRouteStage
{
    public RequestDelegate Compile(EffectiveRoute route, RequestDelegate next)
    {
        var headers = route.Response?.Headers ?? new();
        KeyValuePair<string, string>[] set = [.. headers.Set.Where(rule => !FramingHeaders.Contains(rule.Key))];
        string[] remove = [.. headers.Remove.Where(name => !FramingHeaders.Contains(name))];
        if (set.Length == 0 && remove.Length == 0)
        {
            return next;
        }

        Task Apply(object state)
        {
            var context = (HttpContext)state;
            if (context.Gateway().Failure is not null)
            {
                return Task.CompletedTask;
            }

            foreach (var name in remove)
            {
                context.Response.Headers.Remove(name);
            }

            foreach (var (name, value) in set)
            {
                context.Response.Headers[name] = value;
            }

            return Task.CompletedTask;
        }

        return context =>
        {
            context.Response.OnStarting(Apply, context);
            return next(context);
        };
    }
}
