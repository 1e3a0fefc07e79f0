using Gateway.Errors;
using Gateway.Requests;
using Microsoft.AspNetCore.Http;

namespace Gateway.Hygiene;

/// <summary>Refuses what no honest client sends and fills in the one path and host that everything after it matches and forwards.</summary>
internal sealed class HygieneMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if ((HeaderChecks.Find(context.Request, out var mayHoldForeign) ?? TargetReader.Read(context)) is { } problem)
        {
            return context.Refuse(GatewayError.MalformedRequest, problem);
        }

        context.Gateway().MayHoldForeignFields = mayHoldForeign;
        return next(context);
    }
}
