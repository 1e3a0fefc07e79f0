using Gateway.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests;

/// <summary>Pins the order of the pipeline: whoever changes it changes it here too, and says why in the commit.</summary>
public sealed class GatewayPipelineTests
{
    [Fact]
    public void Around_Order_IsPinned() => Assert.Equal(
        ["TelemetryMiddleware", "ErrorsMiddleware", "FunctionsMiddleware", "OwnEndpointsMiddleware", "SnapshotMiddleware"],
        GatewayPipeline.Around.Select(step => step.Type.Name));

    [Fact]
    public void ToTheRoute_Order_IsPinned() => Assert.Equal(
        ["HygieneMiddleware", "ClientAddressMiddleware", "HeaderRemovalMiddleware", "RoutingMiddleware"],
        GatewayPipeline.ToTheRoute.Select(step => step.Type.Name));

    [Fact]
    public void OfTheRoute_Order_IsPinned() => Assert.Equal(
        [
            "AddressesStage", "CorsStage", "AuthenticationStage", "AuthorizationStage", "LimitStage", "BodyStage", "ResponseRulesStage",
            "ForwardStage", "ComposeStage", "RespondStage", "RedirectStage",
        ],
        GatewayPipeline.OfTheRoute.Select(step => step.Name));

    [Fact]
    public void OfTheRoute_StepsThatARouteDoesNotUse_AreNotThere()
    {
        using var services = TestServices.Build();
        var bare = new EffectiveRoute
        {
            Name = "bare",
            Matches = [new MatchConfig { Path = "/" }],
            Config = new() { Version = 1 },
            Auth = new() { Any = ["anonymous"] },
        };
        RequestDelegate next = _ => Task.CompletedTask;

        var present = GatewayPipeline.OfTheRoute.Where(step => ((IRouteStage)services.GetRequiredService(step)).Compile(bare, next) != next);

        Assert.Empty(present.Select(step => step.Name).Except(["AuthenticationStage", "BodyStage"])); // BodyStage lifts the server's own limit on every route
    }
}
