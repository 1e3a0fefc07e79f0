using Gateway.Requests;
using Microsoft.AspNetCore.Http;

namespace Gateway.Hygiene;

/// <summary>Removes every header that only the gateway or the platform may set. Stands after the client's address is known, which is read from some of them.</summary>
internal sealed class HeaderRemovalMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Gateway().MayHoldForeignFields)
        {
            Remove(context.Request.Headers);
        }

        return next(context);
    }

    private static void Remove(IHeaderDictionary headers)
    {
        List<string>? removed = null;
        foreach (var (name, _) in headers)
        {
            if (RemovedHeaders.Contains(name))
            {
                (removed ??= []).Add(name);
            }
        }

        for (var index = 0; index < removed?.Count; index++)
        {
            headers.Remove(removed[index]);
        }
    }
}
