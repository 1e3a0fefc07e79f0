using Gateway.Requests;
using Microsoft.AspNetCore.Http;

namespace Gateway.Telemetry;

/// <summary>Begins and ends every request: its id, its place in the caller's trace, one access-log line, one duration.</summary>
internal sealed class TelemetryMiddleware(RequestDelegate next, TimeProvider time, RequestMetrics metrics, AccessLog log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var started = time.GetTimestamp();
        var request = new GatewayRequest { Id = RequestIds.New(time.GetUtcNow()), Scheme = context.Request.Scheme };
        context.Features.Set(request);
        context.Response.OnStarting(SetRequestId, context);
        var bytes = BodyBytes.Count(context);
        var activity = RequestActivity.Start(context, request);
        metrics.Started();
        try
        {
            await next(context);
        }
        finally
        {
            var tags = RequestTags.Of(context, request);
            var duration = time.GetElapsedTime(started);
            RequestActivity.Finish(activity, context, request, tags);
            metrics.Finished(duration, tags);
            log.Write(context, request, tags, bytes, duration);
        }
    }

    private static Task SetRequestId(object state)
    {
        var context = (HttpContext)state;
        context.Response.Headers[GatewayHeaders.RequestId] = context.Gateway().Id;
        return Task.CompletedTask;
    }
}
