using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Samples;

namespace SamplesApp;

/// <summary>The sample services behind one trigger, which lets nobody in but the gateway.</summary>
public sealed class Backend(SampleFunction samples)
{
    [Function("ZzBackend")]
    public Task ServeAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", "put", "patch", "delete", "head", "options", Route = "{*path}")] HttpRequest request) =>
        samples.ServeAsync(request.HttpContext);
}
