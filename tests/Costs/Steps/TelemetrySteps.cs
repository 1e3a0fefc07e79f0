using Costs.Stand;
using Gateway.Errors;
using Gateway.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Costs.Steps;

/// <summary>What stands around every request.</summary>
internal static class TelemetrySteps
{
    public static IReadOnlyList<Step> All { get; } =
    [
        new("telemetry and errors around nothing", static () => Around([])),
        new("telemetry and errors around nothing, traced and measured", static () => Around(new Listeners())),
    ];

    private static RequestDelegate Nothing { get; } = static _ => Task.CompletedTask;

    private static PreparedStep Around(params IDisposable[] held)
    {
        var stand = new GatewayStand();
        var reused = new ReusedContext();
        var errors = ActivatorUtilities.CreateInstance<ErrorsMiddleware>(stand.Services, Nothing);
        var telemetry = ActivatorUtilities.CreateInstance<TelemetryMiddleware>(stand.Services, (RequestDelegate)errors.InvokeAsync);
        var fields = Fields.OfAProgram();
        return new(
            () =>
            {
                Completed.Now(telemetry.InvokeAsync(reused.Begin("/open/17", fields)));
                Completed.Now(reused.Response.StartAsync());
            },
            [reused, stand, .. held]);
    }
}
