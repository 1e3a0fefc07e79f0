using Costs.Stand;
using Gateway.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Costs.Steps;

/// <summary>The beginning and the end of a request: what it is known by, and its line in the log.</summary>
internal static class TelemetrySteps
{
    public static IReadOnlyList<Step> All { get; } = [new("telemetry: around a request that does nothing", Around)];

    private static PreparedStep Around()
    {
        var stand = new GatewayStand();
        var reused = new ReusedContext();
        var fields = Fields.OfAProgram();
        RequestDelegate nothing = static _ => Task.CompletedTask;
        var telemetry = ActivatorUtilities.CreateInstance<TelemetryMiddleware>(stand.Services, nothing);
        return new(() => Completed.Now(telemetry.InvokeAsync(reused.Begin("/open/17", fields))), stand, reused);
    }
}
