using Mesh.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Samples.Customers;
using Samples.Echo;
using Samples.Orders;

namespace Samples;

/// <summary>All samples as one function: what a backend on Functions does to let in nobody but the gateway.</summary>
public sealed class SampleFunction
{
    private readonly MeshCallers _callers;
    private readonly RequestDelegate _samples;
    private readonly Func<CancellationToken, Task> _seed;
    private volatile bool _isSeeded;

    internal SampleFunction(MeshCallers callers, IServiceProvider services)
    {
        var app = new ApplicationBuilder(services);
        app.UseRouting();
        app.UseEndpoints(endpoints =>
        {
            OrdersApi.Map(endpoints);
            CustomersApi.Map(endpoints);
            EchoApi.Map(endpoints);
        });
        (_callers, _samples, _seed) = (callers, app.Build(), cancellation => OrdersApi.SeedAsync(services, cancellation));
    }

    public async Task ServeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!await _callers.JudgeAsync(context, "gateway"))
        {
            return;
        }

        if (!_isSeeded && context.Request.Path.StartsWithSegments("/orders", StringComparison.Ordinal) && !await TrySeedAsync(context))
        {
            return;
        }

        // The endpoint that is set is the function itself.
        context.SetEndpoint(null);
        context.Request.RouteValues.Clear();
        await _samples(context);
    }

    // Two at once write the same orders. One that fails is tried again with the next request: a role may not be known yet.
    private async Task<bool> TrySeedAsync(HttpContext context)
    {
        try
        {
            await _seed(context.RequestAborted);
            return _isSeeded = true;
        }
        catch (Exception failure) when (StorageAway.IsAway(failure))
        {
            await StorageAway.Answer(context).ExecuteAsync(context);
            return false;
        }
    }
}
