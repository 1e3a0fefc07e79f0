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
    private readonly Lazy<Task> _seeded;

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
        (_callers, _samples, _seeded) = (callers, app.Build(), new(() => OrdersApi.SeedAsync(services, CancellationToken.None)));
    }

    public async Task ServeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!await _callers.JudgeAsync(context, "gateway"))
        {
            return;
        }

        if (context.Request.Path.StartsWithSegments("/orders", StringComparison.Ordinal))
        {
            await _seeded.Value;
        }

        // The endpoint that is set is the function itself.
        context.SetEndpoint(null);
        context.Request.RouteValues.Clear();
        await _samples(context);
    }
}
