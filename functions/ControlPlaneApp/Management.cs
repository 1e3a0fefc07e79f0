using ControlPlane.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace ControlPlaneApp;

/// <summary>The management API. What a call begins runs at once.</summary>
public sealed class Management(ControlPlaneFunction control, RunningRotations rotations)
{
    // The host tries functions in the order of their names, and this one takes whatever is left.
    private const string Last = "ZzManagement";

    [Function(Last)]
    public async Task ServeAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", "put", "patch", "delete", Route = "{*path}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        await control.ManageAsync(request.HttpContext);
        if (!HttpMethods.IsGet(request.Method) && request.HttpContext.Response.StatusCode < StatusCodes.Status300MultipleChoices)
        {
            await rotations.StartAllAsync(client, cancellation);
        }
    }
}
