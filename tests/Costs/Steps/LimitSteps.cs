using Costs.Stand;
using Gateway.Errors;
using Gateway.Limits;
using Gateway.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Costs.Steps;

/// <summary>One exact limit of a route, decided from memory, and its header fields.</summary>
internal static class LimitSteps
{
    public static IReadOnlyList<Step> All { get; } =
    [
        new("limit: one exact admits", static () => Of("keyed", isAdmitted: true)),
        new("limit: one exact refuses", static () => Of("spent", isAdmitted: false)),
    ];

    private static PreparedStep Of(string route, bool isAdmitted)
    {
        var stand = new GatewayStand();
        var reused = new ReusedContext();
        var stage = stand.Services.GetRequiredService<LimitStage>().Compile(stand.Route(route), static _ => Task.CompletedTask);
        var request = new GatewayRequest { Id = "1", Caller = new() { Kind = CallerKind.ApiKey, Consumer = "c-042" } };
        var context = reused.Begin($"/{route}/17", Fields.OfAProgram(), request);
        // The first takes the only one of the limit that refuses.
        Completed.Now(stage(context));
        return new(() => Take(context, stage, reused.Response, request, isAdmitted), stand, reused);
    }

    private static void Take(HttpContext context, RequestDelegate stage, DroppedResponse response, GatewayRequest request, bool isAdmitted)
    {
        response.Reset();
        request.Failure = null;
        Completed.Now(stage(context));
        Completed.Now(response.StartAsync());
        if (isAdmitted ? request.Failure is not null : request.Failure?.Error != GatewayError.RateLimited)
        {
            throw new InvalidOperationException("Not the decision that was meant.");
        }
    }
}
