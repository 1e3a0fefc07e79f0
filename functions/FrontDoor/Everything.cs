using Gateway.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FrontDoor;

/// <summary>The one trigger: every request goes the gateway's way.</summary>
public sealed class Everything(GatewayFunction gateway)
{
    // The host tries functions in the order of their names, and this one takes whatever is left.
    private const string Last = "ZzEverything";

    [Function(Last)]
    public Task ServeAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", "put", "patch", "delete", "head", "options", Route = "{*path}")] HttpRequest request) =>
        gateway.ServeAsync(request.HttpContext);
}
