using Gateway.Errors;
using Gateway.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Bodies;

/// <summary>Holds request bodies to their media types and to their size, while they stream. Every route passes here, because the server's own limit (30 MB) is lifted here.</summary>
internal sealed class BodyStage : IRouteStage
{
    public RequestDelegate Compile(EffectiveRoute route, RequestDelegate next)
    {
        var max = route.Body?.Max;
        var types = new MediaTypes(route.Body?.Types ?? []);
        return context =>
        {
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } server)
            {
                server.MaxRequestBodySize = null;
            }

            if (!types.TakeAny && HasBody(context) && !types.Contains(context.Request.ContentType))
            {
                return context.Refuse(new Failure(GatewayError.UnsupportedMediaType)
                {
                    Detail = $"This route takes {types.Text}.",
                    Headers = [new("Accept", types.Text)], // RFC 9110 §15.5.16
                });
            }

            if (max is not { } limit)
            {
                return next(context);
            }

            if (context.Request.ContentLength > limit.Bytes)
            {
                return context.Refuse(LimitedBody.TooLarge(limit));
            }

            if (context.Request.ContentLength is null && HasBody(context))
            {
                context.Request.Body = new LimitedBody(context.Request.Body, limit, context.Gateway());
            }

            return next(context);
        };
    }

    private static bool HasBody(HttpContext context) =>
        context.Request.ContentLength is { } length ? length > 0 : context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? false;
}
