using Gateway.Configuration;
using Gateway.Errors;
using Gateway.Requests;
using Microsoft.AspNetCore.Http;

namespace Gateway;

/// <summary>Takes the snapshot once, so that a reload in the middle of a request is invisible to it. The end of the steps around.</summary>
internal sealed class SnapshotMiddleware(RequestDelegate next, SnapshotSource source)
{
    // Nothing comes after this step in its own list: the snapshot's pipeline goes on.
    private readonly RequestDelegate _ = next;

    public Task InvokeAsync(HttpContext context)
    {
        if (source.Current is not { } snapshot)
        {
            return context.Refuse(new Failure(GatewayError.ConfigurationUnavailable) { Headers = [new("Retry-After", "5")] });
        }

        context.Gateway().Release = snapshot.Release;
        return snapshot.Pipeline(context);
    }
}
