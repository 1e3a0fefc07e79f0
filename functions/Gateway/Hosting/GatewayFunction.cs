using Microsoft.AspNetCore.Http;

namespace Gateway.Hosting;

/// <summary>The gateway as a function: what the one trigger of the front door calls.</summary>
public sealed class GatewayFunction
{
    private readonly DeferredStart _start;
    private readonly RequestDelegate _pipeline;

    internal GatewayFunction(IServiceProvider services, DeferredStart start) => (_start, _pipeline) = (start, GatewayPipeline.Build(services));

    /// <summary>Serves a request to its end.</summary>
    public Task ServeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return _start.IsDone ? _pipeline(context) : StartAndServeAsync(context);
    }

    private async Task StartAndServeAsync(HttpContext context)
    {
        await _start.StartAllAsync(context.RequestAborted);
        await _pipeline(context);
    }
}
