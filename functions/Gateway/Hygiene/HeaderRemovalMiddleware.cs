using Microsoft.AspNetCore.Http;

namespace Gateway.Hygiene;

/// <summary>Removes every header that only the gateway or the platform may set. Stands after the client's address is known, which is read from some of them.</summary>
internal sealed class HeaderRemovalMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        List<string>? removed = null;
        foreach (var (name, _) in context.Request.Headers)
        {
            if (RemovedHeaders.Contains(name))
            {
                (removed ??= []).Add(name);
            }
        }

        foreach (var name in removed ?? [])
        {
            context.Request.Headers.Remove(name);
        }

        return next(context);
    }
}
